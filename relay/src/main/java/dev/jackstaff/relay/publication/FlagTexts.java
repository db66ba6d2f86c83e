package dev.jackstaff.relay.publication;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.FlagJson;
import dev.jackstaff.formats.json.FlagJson.Extent;
import java.util.LinkedHashMap;
import java.util.Map;

/// Flags as they are handed out, written once for everything that is made of it.
///
/// @param all  an object that has them as members
/// @param each where they lie in it, by key in byte order
record FlagTexts(Body all, Map<String, Extent> each) {

    static FlagTexts of(Map<String, FlagDefinition> definitions) {
        Map<String, Extent> each = new LinkedHashMap<>();
        return new FlagTexts(FlagJson.write(definitions, each::put), each);
    }
}
