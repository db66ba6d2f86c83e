package dev.jackstaff.formats;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import org.jspecify.annotations.Nullable;

/// Says why a text is refused, in the same words for all formats.
record Refusals(String source, Limits limits) {

    MalformedDocumentException malformed(Location at, String message, @Nullable String hint) {
        return new MalformedDocumentException(new Problem(Severity.ERROR, null, "", at, message, hint));
    }

    Location at(int line, int column) {
        return new Location(source, line, column);
    }

    void checkSize(byte[] text) throws MalformedDocumentException {
        if (text.length > limits.bytes())
            throw malformed(
                    Location.of(source),
                    "the text has " + text.length + " bytes, more than the limit of " + limits.bytes(),
                    "split it into several files, or raise the limit");
    }

    void checkDepth(int depth, Location at) throws MalformedDocumentException {
        if (depth > limits.depth())
            throw malformed(at, "maps and lists are nested deeper than the limit of " + limits.depth(), null);
    }

    void checkNodes(long nodes, Location at) throws MalformedDocumentException {
        if (nodes > limits.nodesPerFlag())
            throw malformed(at, "one flag has more than the limit of " + limits.nodesPerFlag() + " values", null);
    }

    MalformedDocumentException notAMap(Location at, String found) {
        return malformed(at, "expected a map of flag keys, found " + found, "begin with a flag's key");
    }

    MalformedDocumentException notUtf8(Location at) {
        return malformed(at, "the text is not valid UTF-8 here", "save the file as UTF-8");
    }
}
