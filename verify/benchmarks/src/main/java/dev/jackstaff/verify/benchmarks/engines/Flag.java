package dev.jackstaff.verify.benchmarks.engines;

import java.util.Locale;

/// The flags that every engine has. All are booleans.
public enum Flag {
    /// On for everybody.
    STATIC,
    /// On for [#PERCENT_ON] percent of the users, for the same ones each time.
    PERCENTAGE,
    /// Five rules, each of another kind: a string, a number, a list, a semantic version, a nested attribute. On for whom
    /// one of them matches.
    TARGETING;

    public static final int PERCENT_ON = 30;

    /// Its key in every engine.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
