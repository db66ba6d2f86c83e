package dev.jackstaff.formats;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.MalformedDocumentException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// What SnakeYAML Engine finds wrong, as a problem: its own words, and what would be right where that can be told.
final class YamlComplaint {
    private YamlComplaint() {}

    /// @param reader where the parser stopped, for complaints that do not say where
    static MalformedDocumentException of(
            YamlEngineException complaint, Utf8 utf8, StreamReader reader, Refusals refusals) {
        if (complaint instanceof MarkedYamlEngineException marked) return marked(marked, refusals);
        if (complaint instanceof ReaderException character) return unprintable(character, utf8, refusals);
        String said = String.valueOf(complaint.getMessage());
        boolean key = said.startsWith("A simple key is required");
        return refusals.malformed(
                refusals.at(reader.getLine() + 1, reader.getColumn() + 1),
                key ? "no key can stand here" : said,
                key ? "is a quote or a bracket open that begins before?" : null);
    }

    private static MalformedDocumentException unprintable(ReaderException character, Utf8 utf8, Refusals refusals) {
        utf8.goToCodePoint(character.getPosition());
        return refusals.malformed(
                refusals.at(utf8.line(), utf8.column()),
                "the character U+%04X must not stand in a YAML text".formatted(character.getCodePoint()),
                "write it as an escape sequence in double quotes");
    }

    private static MalformedDocumentException marked(MarkedYamlEngineException marked, Refusals refusals) {
        String problem = String.valueOf(marked.getProblem());
        String context = String.valueOf(marked.getContext());
        // For a quote that is never closed, where it begins says more than where the file ends.
        boolean unclosed = context.startsWith("while scanning a quoted scalar") || context.contains("a flow ");
        Optional<Mark> mark = unclosed ? marked.getContextMark() : marked.getProblemMark();
        Location at = mark.or(marked::getProblemMark)
                .or(marked::getContextMark)
                .map(m -> refusals.at(m.getLine() + 1, m.getColumn() + 1))
                .orElse(Location.of(refusals.source()));
        String said = marked.getContext() == null || context.isEmpty() ? problem : context + ", " + problem;
        return refusals.malformed(at, plainly(said), hint(context, problem));
    }

    /// Without the advice that SnakeYAML Engine adds for every character, as if each were a tab.
    private static String plainly(String said) {
        return said.replaceAll("\\.? *\\(Do not use .* for indentation\\)", "")
                .replaceAll("(character )?'?\\\\t\\(TAB\\)'?", "a tab")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static @Nullable String hint(String context, String problem) {
        if (problem.contains("\\t") || problem.contains("TAB")) return "indent with spaces, not with tabs";
        if (context.startsWith("while scanning a quoted scalar")) return "close the quote that begins here";
        if (problem.startsWith("mapping values are not allowed"))
            return "put a value that has \": \" in it in quotes, and begin each key on a line of its own";
        if (problem.startsWith("could not find expected ':'"))
            return "write \"key: value\", with a space after the colon";
        if (problem.startsWith("found unknown escape")) return "write \\\\ for a backslash, or take single quotes";
        if (context.contains("a flow node")) return "close every \"[\" and \"{\"";
        if (context.contains("a flow mapping")) return "close the \"{\" that begins here";
        if (context.contains("a flow sequence")) return "close the \"[\" that begins here";
        if (problem.contains("cannot start any token")) return "put the value in quotes";
        if (context.startsWith("while parsing a block mapping")) return "indent keys of one map alike";
        if (context.startsWith("while parsing a block collection")) return "indent items of one list alike";
        return null;
    }
}
