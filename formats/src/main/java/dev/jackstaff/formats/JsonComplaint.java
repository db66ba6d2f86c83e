package dev.jackstaff.formats;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.jackstaff.engine.document.MalformedDocumentException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What Jackson finds wrong, as a problem: its own words without those for programmers, and what would be right where that
/// can be told.
final class JsonComplaint {
    private static final Pattern UNCLOSED =
            Pattern.compile("close marker for (\\w+) \\(start marker at .*line: (\\d+), column: (\\d+)");
    private static final Pattern LINE_BREAK_IN_STRING = Pattern.compile("CTRL-CHAR, code 1[03]\\)");

    private JsonComplaint() {}

    static MalformedDocumentException of(JsonProcessingException complaint, Utf8 utf8, Refusals refusals) {
        JsonLocation at = complaint.getLocation();
        if (at != null) utf8.goTo((int) Math.max(0, at.getByteOffset()));
        String said = String.valueOf(complaint.getOriginalMessage());
        return refusals.malformed(refusals.at(utf8.line(), utf8.column()), plainly(said), hint(said));
    }

    private static String plainly(String said) {
        Matcher unclosed = UNCLOSED.matcher(said);
        if (unclosed.find())
            return "unexpected end of JSON input: the %s that begins in line %s, column %s is not closed"
                    .formatted(unclosed.group(1).equals("Array") ? "list" : "map", unclosed.group(2),
                            unclosed.group(3));
        if (LINE_BREAK_IN_STRING.matcher(said).find()) return "a string must not go over several lines";
        return said.replaceFirst(": maybe a \\(non-standard\\) comment.*", "")
                .replaceFirst(": enable `JsonReadFeature.*", "")
                .replaceFirst(": was expecting \\(JSON String.*", "");
    }

    private static @Nullable String hint(String said) {
        if (UNCLOSED.matcher(said).find()) return "close it";
        if (LINE_BREAK_IN_STRING.matcher(said).find()) return "close the quote before, or write \\n for a line break";
        if (said.contains("comment")) return "JSON has no comments; remove it";
        if (said.startsWith("Unexpected character ('''")) return "put keys and strings in double quotes";
        if (said.startsWith("Unexpected character ('}'") || said.startsWith("Unexpected character (']'"))
            return "is there a comma too many before it?";
        if (said.contains("was expecting comma")) return "put a comma before it";
        if (said.contains("Leading zeroes")) return "write the number without them";
        if (said.startsWith("Unrecognized token") || said.startsWith("Non-standard token"))
            return "put text in double quotes; there are no other words than true, false and null";
        if (said.contains("character escape")) return "write \\\\ for a backslash";
        return null;
    }
}
