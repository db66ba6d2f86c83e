package dev.jackstaff.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Flag files as text, read.
final class Texts {
    private Texts() {}

    static Document open(Syntax syntax, String text) {
        return Formats.open(syntax, "flags", text.getBytes(StandardCharsets.UTF_8));
    }

    static Reading read(Syntax syntax, String text) {
        return FlagFile.read(open(syntax, text));
    }

    /// The flags of a text that can be read.
    static Map<String, FlagDefinition> flags(Syntax syntax, String text) {
        Reading reading = read(syntax, text);
        assertThat(reading).as("%s", reading.problems()).isInstanceOf(FlagFile.class);
        return ((FlagFile) reading).flags();
    }

    /// Why a text cannot be read.
    static List<Problem> refusal(Syntax syntax, String text) {
        Reading reading = read(syntax, text);
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return reading.problems();
    }

    /// The value of the only variation, `a`, of the only flag.
    static Object variation(Syntax syntax, String text) {
        return flags(syntax, text).values().iterator().next().variations().get("a");
    }
}
