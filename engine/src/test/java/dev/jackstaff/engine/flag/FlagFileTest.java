package dev.jackstaff.engine.flag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Section 1.2 of the evaluation rules, as far as it concerns files.
class FlagFileTest {

    @Test
    void of_files_laid_over_each_other_the_last_definition_counts_as_a_whole() {
        FlagDefinition first = flag("both", "1", true), last = flag("both", "2", null);
        FlagFile merged = FlagFile.merge(List.of(
                FlagFiles.of(first, flag("one", "1", null)), FlagFiles.of(flag("two", "1", null)), FlagFiles.of(last)));
        assertThat(merged.flags()).containsOnlyKeys("both", "one", "two");
        assertThat(merged.flags().get("both")).isSameAs(last);
        assertThat(merged.flags().get("both").disable()).isNull();
    }

    @Test
    void the_problems_of_all_files_are_kept_in_order() {
        Problem one = warning("one"), two = warning("two");
        FlagFile merged = FlagFile.merge(
                List.of(FlagFiles.of(List.of(), List.of(one)), FlagFiles.of(List.of(), List.of(two))));
        assertThat(merged.problems()).containsExactly(one, two);
    }

    @Test
    void no_files_are_a_file_without_flags() {
        assertThat(FlagFile.merge(List.of()).flags()).isEmpty();
    }

    private static Problem warning(String message) {
        return new Problem(Severity.WARNING, null, "", Location.of("f"), message, null);
    }

    private static FlagDefinition flag(String key, String version, Boolean disable) {
        return new FlagDefinition(
                key, null, null, null, null, null, null, null, disable, version, null,
                Locations.from(Location.of("f"), Map.of()));
    }
}
