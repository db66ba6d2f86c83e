package dev.jackstaff.relay;

/// What a person sees first, on standard output; logs go to standard error.
final class Banner {
    private Banner() {}

    @SuppressWarnings("SystemOut") // the banner is no log line
    static void print(String version) {
        System.out.printf(
                """

                          |>>>>>>>>>
                          |>>>>>>>      Jackstaff %s
                          |>>>>>        feature flags, compatible with GO Feature Flag
                          |
                        ~~^~~
                """,
                version);
    }
}
