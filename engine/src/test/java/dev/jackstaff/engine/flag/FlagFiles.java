package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Flag files without a file.
public final class FlagFiles {
    private FlagFiles() {}

    public static FlagFile of(FlagDefinition... flags) {
        return of(List.of(flags), List.of());
    }

    public static FlagFile of(List<FlagDefinition> flags, List<Problem> problems) {
        Map<String, FlagDefinition> byKey = new LinkedHashMap<>();
        for (FlagDefinition flag : flags) byKey.put(flag.key(), flag);
        return new FlagFile(byKey, problems);
    }
}
