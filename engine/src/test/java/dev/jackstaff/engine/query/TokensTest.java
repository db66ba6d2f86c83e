package dev.jackstaff.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a rules expression is cut into tokens (evaluation rules, section 5.1.1).
class TokensTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', ignoreLeadingAndTrailingWhitespace = true, value = {
        "a eq 1|NAME SPACE EQ SPACE INTEGER",
        "a.b pr|NAME DOT NAME SPACE PRESENT",
        "a-b_c:d2|NAME",
        "eq EQ Eq ==|EQ SPACE EQ SPACE NAME SPACE EQ",
        "not NOT Not|NOT SPACE NOT SPACE NAME",
        "and or AND OR|JOINT SPACE JOINT SPACE NAME SPACE NAME",
        "true TRUE null NULL|BOOL SPACE NAME SPACE NULL SPACE NAME",
        "prx pr|NAME SPACE PRESENT",
        ">= > <= < !=|GE SPACE GT SPACE LE SPACE LT SPACE NE",
        "1|INTEGER",
        "01|INTEGER INTEGER",
        "-1|MINUS INTEGER",
        "-1.5|DECIMAL",
        "1.50e3|DECIMAL",
        "1.5e03|DECIMAL INTEGER",
        "1.5e|DECIMAL NAME",
        "5.|INTEGER DOT",
        ".5|DOT INTEGER",
        "1e5|INTEGER NAME",
        "1e-5|INTEGER NAME",
        "1e+5|INTEGER EXPONENT",
        "1E+|INTEGER NAME",
        "1.2.3|VERSION",
        "1.2|DECIMAL",
        "1.2.3.4|VERSION DOT INTEGER",
        "01.2.3|INTEGER VERSION",
        "1.02.3|DECIMAL DOT INTEGER",
        "1.2.03|VERSION INTEGER",
        "1.0.0-rc.1+build.007|VERSION",
        "1.0.0-01|VERSION INTEGER",
        "1.0.0-0a|VERSION",
        "1.0.0-|VERSION MINUS",
        "1.0.0-a..b|VERSION DOT DOT NAME",
        "1.0.0+|VERSION",
        "2024-01-01|INTEGER MINUS INTEGER INTEGER MINUS INTEGER INTEGER",
        "\"a b\"|TEXT",
        "\"\"|TEXT",
        "\"a\\\"b\"|TEXT",
        "\"\\u00e9\"|TEXT",
        "[1,2 ,  3]|LIST_OPEN INTEGER COMMA INTEGER SPACE COMMA INTEGER LIST_CLOSE",
    })
    void takes_the_longest_token_and_the_first_kind_that_fits(String text, String kinds) {
        assertThat(kinds(text)).isEqualTo(kinds + " END");
    }

    @ParameterizedTest(name = "{0} drops {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '\0', ignoreLeadingAndTrailingWhitespace = false, value = {
        "!(a eq 1);!(;NAME SPACE EQ SPACE INTEGER CLOSE",
        "a = 1;= ;NAME SPACE INTEGER",
        "_id;_;NAME",
        "@a;@;NAME",
        "a'b;';NAME NAME",
        "a é b;é;NAME SPACE SPACE NAME",
        "a \uD83D\uDE00b;\uD83D\uDE00;NAME SPACE NAME",
        "a eq \"b;\"b;NAME SPACE EQ SPACE",
        "\"a\\x\" b;\"a\\x;",
        "\"\\u12g4\" b;\"\\u12g;",
        "a=;=;NAME",
    })
    void drops_text_up_to_the_character_that_rules_a_token_out(String text, String dropped, String kinds) {
        Tokens tokens = Tokens.of(text);
        assertThat(tokens.dropped().get(0).text()).isEqualTo(dropped);
        if (kinds != null) assertThat(kinds(text)).isEqualTo(kinds + " END");
    }

    @Test
    void every_character_is_in_a_token_or_dropped() {
        String text = "not (a.b >= -1.5e3 or @c in [\"x\", 'y]) && 1.2.3-rc.1 = \"";
        Tokens tokens = Tokens.of(text);
        int length = tokens.list().stream().mapToInt(t -> t.text().length()).sum()
                + tokens.dropped().stream().mapToInt(t -> t.text().length()).sum();
        assertThat(length).isEqualTo(text.length());
    }

    private static String kinds(String text) {
        return Tokens.of(text).list().stream().map(t -> t.kind().name()).collect(Collectors.joining(" "));
    }
}
