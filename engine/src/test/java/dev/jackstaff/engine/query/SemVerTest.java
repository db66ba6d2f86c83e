package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SemVer 2.0.0, section 11, and the strictness of `blang/semver`.
class SemVerTest {
    private static final List<String> ASCENDING = List.of(
            "0.0.0-0", "0.0.0", "0.0.1", "0.9.0", "0.10.0", "1.0.0-0", "1.0.0-9", "1.0.0-10", "1.0.0--", "1.0.0-alpha",
            "1.0.0-alpha.1", "1.0.0-alpha.1.0", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
            "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "10.0.0", "18446744073709551615.0.0");

    @Test
    void versions_have_semver_precedence() {
        for (int i = 0; i < ASCENDING.size(); i++)
            for (int j = 0; j < ASCENDING.size(); j++)
                assertThat(Integer.signum(SemVer.parse(ASCENDING.get(j)).compareFrom(ASCENDING.get(i))))
                        .as("%s against %s", ASCENDING.get(i), ASCENDING.get(j))
                        .isEqualTo(Integer.compare(i, j));
    }

    @Test
    void build_metadata_has_no_rank() {
        assertThat(SemVer.parse("1.0.0+a").compareFrom("1.0.0+b.007")).isZero();
        assertThat(SemVer.parse("1.0.0-a+a").compareFrom("1.0.0-a")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "1", "1.2", "v1.2.3", "01.0.0", "1.02.3", "1.2.03", "1.2.3.4", "1.2.3-", "1.2.3-01", "1.2.3-a..b", "1.2.3+",
        "1.2.3+a..b", "1.2.3-é", " 1.2.3", "1.2.3 ", "-1.2.3", "1.2.3+a+b", "18446744073709551616.0.0",
        "1.0.0-18446744073709551616", "1..3", "a.b.c",
    })
    void what_is_no_version_compares_with_none(String text) {
        assertThat(SemVer.parse("1.2.3").compareFrom(text)).isEqualTo(SemVer.NO_VERSION);
        assertThat(SemVer.parse(text)).isNull();
    }
}
