package dev.jackstaff.engine.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Section 1.4 of the evaluation rules, the last paragraph.
class Rfc3339Test {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "2024-01-31T10:20:30Z 2024-01-31T10:20:30Z",
        "2024-01-31T10:20:30+02:00 2024-01-31T10:20:30+02:00",
        "2024-01-31T10:20:30-11:30 2024-01-31T10:20:30-11:30",
        "2024-01-31T1:20:30Z 2024-01-31T01:20:30Z",
        "2024-01-31T10:20:30.5Z 2024-01-31T10:20:30.5Z",
        "2024-01-31T10:20:30,25Z 2024-01-31T10:20:30.25Z",
        "2024-01-31T10:20:30.123456789Z 2024-01-31T10:20:30.123456789Z",
        "2024-01-31T10:20:30.1234567899999Z 2024-01-31T10:20:30.123456789Z",
        "2024-02-29T00:00:00Z 2024-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z 9999-12-31T23:59:59Z",
        // Offsets that Java does not have are taken off.
        "2024-01-31T10:00:00+24:00 2024-01-30T10:00:00Z",
        "2024-01-31T10:00:00-19:60 2024-02-01T06:00:00Z",
        "2024-01-31T10:00:00-00:00 2024-01-31T10:00:00Z"
    })
    void dates(String text, OffsetDateTime date) {
        assertThat(Rfc3339.parse(text)).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "2024-01-31",
        "2024-01-31T10:20:30",
        "2024-01-31T10:20Z",
        "2024-01-31t10:20:30Z",
        "2024-01-31T10:20:30z",
        "2024-01-31 10:20:30Z",
        "2024-1-31T10:20:30Z",
        "2024-01-1T10:20:30Z",
        "2024-01-31T10:2:30Z",
        "2024-01-31T10:20:3Z",
        "24-01-31T10:20:30Z",
        "02024-01-31T10:20:30Z",
        "2024-01-31T24:00:00Z",
        "2024-01-31T10:60:00Z",
        "2024-12-31T23:59:60Z",
        "2024-00-31T10:20:30Z",
        "2024-13-31T10:20:30Z",
        "2024-01-00T10:20:30Z",
        "2023-02-29T10:20:30Z",
        "2024-01-31T10:20:30.Z",
        "2024-01-31T10:20:30+0200",
        "2024-01-31T10:20:30+2:00",
        "2024-01-31T10:20:30+25:00",
        "2024-01-31T10:20:30+02:61",
        "2024-01-31T10:20:30+02",
        "2024-01-31T10:20:30ZZ",
        " 2024-01-31T10:20:30Z",
        "2024-01-31T10:20:30Z ",
        "٢٠٢٤-01-31T10:20:30Z"
    })
    void what_is_no_date(String text) {
        assertThat(Rfc3339.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-31T10:20:30Z, 2024-01-31T10:20:30Z",
        "2024-01-31T10:20:00Z, 2024-01-31T10:20:00Z",
        "2024-01-31T10:20:30.5Z, 2024-01-31T10:20:30.5Z",
        "2024-01-31T10:20:30.000000001Z, 2024-01-31T10:20:30.000000001Z",
        "2024-01-31T10:20:30.120+05:30, 2024-01-31T10:20:30.12+05:30",
        "0001-02-03T04:05:06-00:30, 0001-02-03T04:05:06-00:30"
    })
    void a_date_is_written_as_short_as_possible(OffsetDateTime date, String text) {
        assertThat(Rfc3339.format(date)).isEqualTo(text);
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void what_is_written_is_read(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            OffsetDateTime date = OffsetDateTime.parse("2000-01-01T00:00:00Z")
                    .plusSeconds(random.nextInt())
                    .plusNanos(random.nextInt(1_000_000_000))
                    .withOffsetSameInstant(java.time.ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 1080) - 1080)));
            assertThat(Rfc3339.parse(Rfc3339.format(date))).isEqualTo(date);
        }
    }
}
