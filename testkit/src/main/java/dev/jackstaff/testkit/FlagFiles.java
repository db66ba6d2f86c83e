package dev.jackstaff.testkit;

/// Small flag files for tests, as people write them. Each flag serves the variation its name ends with, so an answer says
/// which file it came from.
public final class FlagFiles {

    private FlagFiles() {}

    /// One YAML flag with the variations `on` (true) and `off` (false) that serves the named one.
    public static String flag(String key, String variation) {
        return """
                %s:
                  variations:
                    "on": true
                    "off": false
                  defaultRule:
                    variation: "%s"
                """.formatted(key, variation);
    }

    /// A YAML flag whose default rule names a variation that it does not have: read well, refused by validation.
    public static String invalidFlag(String key) {
        return """
                %s:
                  variations:
                    "on": true
                  defaultRule:
                    variation: missing
                """.formatted(key);
    }

    /// Text that no YAML parser takes.
    public static String unparsable() {
        return "beta: [unclosed\n  variations: {\n";
    }
}
