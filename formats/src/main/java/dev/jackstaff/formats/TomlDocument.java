package dev.jackstaff.formats;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Rfc3339;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.document.TextLayout;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlKeyValue;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/// TOML: the tree of tomlj as nodes. Integers are integers, as in YAML.
///
/// A table may go on anywhere in the text, so the whole tree is in memory, and while it is being parsed, what the parser
/// makes of it: about 90 bytes for each byte of an ordinary flag file, 350 for each byte of a list of digits.
final class TomlDocument implements Document {
    /// How many times more memory than YAML and JSON a text needs, and how much smaller the limit of its size therefore is.
    private static final int HUNGER = 64;

    private final byte[] text;
    private final Refusals refusals;
    private final ZoneId zone;
    private Lines lines = new Lines(new byte[0]);
    private int nodes;

    /// @param zone of the dates without one
    TomlDocument(byte[] text, Refusals refusals, ZoneId zone) {
        this.text = text;
        this.refusals = refusals;
        this.zone = zone;
    }

    @Override
    public Syntax syntax() {
        return Syntax.TOML;
    }

    @Override
    public String source() {
        return refusals.source();
    }

    @Override
    public void forEachMember(MemberConsumer consumer) throws MalformedDocumentException {
        checkSize();
        Utf8 utf8 = new Utf8(text);
        int invalid = utf8.firstInvalid();
        if (invalid >= 0) {
            utf8.goTo(invalid);
            throw refusals.notUtf8(refusals.at(utf8.line(), utf8.column()));
        }
        lines = new Lines(text);
        TomlParseResult file = parse(utf8);
        if (file.hasErrors()) throw refused(file.errors().get(0));
        for (Map.Entry<String, Object> member : file.entrySet()) {
            nodes = 0;
            Node.Scalar key = key(file, member.getKey());
            consumer.member(key, node(member.getValue(), valuePosition(file, member.getKey()), 2));
        }
    }

    private TomlParseResult parse(Utf8 utf8) throws MalformedDocumentException {
        TomlParseOptions options = TomlParseOptions.sourceless()
                .withVersion(TomlVersion.V1_1_0)
                .withMaxNestingDepth(refusals.limits().depth());
        refuseControlCharacters(utf8);
        try {
            return Toml.parse(
                    new String(text, utf8.start(), text.length - utf8.start(), StandardCharsets.UTF_8), options);
        } catch (RuntimeException parserBug) {
            throw refusals.malformed(
                    Location.of(refusals.source()), "this is not TOML, and the parser breaks off without saying where",
                    "look for a bracket or quote that is not closed, and for unusual line ends");
        }
    }

    /// TOML has none but tabs and line ends, and tomlj 2.2.0 fails on one in a comment.
    private void refuseControlCharacters(Utf8 utf8) throws MalformedDocumentException {
        for (int i = 0; i < text.length; i++) {
            byte c = text[i];
            boolean lineEnd = c == '\n' || (c == '\r' && i + 1 < text.length && text[i + 1] == '\n');
            if (c < 0 || (c >= ' ' && c != 0x7F) || c == '\t' || lineEnd) continue;
            utf8.goTo(i);
            throw refusals.malformed(
                    refusals.at(utf8.line(), utf8.column()),
                    "the character U+%04X must not stand in a TOML text".formatted(c),
                    c == '\r' ? "end lines with a line feed" : "write it as an escape sequence in double quotes");
        }
    }

    private void checkSize() throws MalformedDocumentException {
        int limit = Math.max(1, refusals.limits().bytes() / HUNGER);
        if (text.length > limit)
            throw refusals.malformed(
                    Location.of(refusals.source()),
                    "the text has " + text.length + " bytes, more than the limit of " + limit + " for TOML",
                    "YAML and JSON may have " + HUNGER + " times as many");
    }

    private MalformedDocumentException refused(TomlParseError error) {
        String said = String.valueOf(error.getMessage());
        String hint = null;
        if (said.contains("previously defined")) hint = "rename or remove one of them";
        else if (said.startsWith("Unexpected '") && said.endsWith("expected a value")) hint = "put text in quotes";
        return refusals.malformed(location(error.position()), said, hint);
    }

    private Node node(Object value, Location at, int depth) throws MalformedDocumentException {
        refusals.checkNodes(++nodes, at);
        if (value instanceof TomlTable table) return mapping(table, at, depth);
        if (value instanceof TomlArray array) return sequence(array, at, depth);
        if (value instanceof String string) return new Node.Scalar(string, string, at, layout(string, at));
        Object kind = kind(value);
        String written = kind instanceof OffsetDateTime date ? Rfc3339.format(date) : kind.toString();
        return new Node.Scalar(kind, written, at);
    }

    private Node mapping(TomlTable table, Location at, int depth) throws MalformedDocumentException {
        refusals.checkDepth(depth, at);
        List<Node.Member> members = new ArrayList<>(table.size());
        for (Map.Entry<String, Object> member : table.entrySet()) {
            Node.Scalar key = key(table, member.getKey());
            Node value = node(member.getValue(), valuePosition(table, member.getKey()), depth + 1);
            members.add(new Node.Member(key, value));
        }
        return new Node.Mapping(members, at);
    }

    private Node sequence(TomlArray array, Location at, int depth) throws MalformedDocumentException {
        refusals.checkDepth(depth, at);
        List<Node> items = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++)
            items.add(node(array.get(i), location(array.inputPositionOf(i)), depth + 1));
        return new Node.Sequence(items, at);
    }

    private Node.Scalar key(TomlTable table, String key) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        return new Node.Scalar(key, key, position == null ? valuePosition(table, key) : location(position));
    }

    /// Of a table that only the heading of an inner one implies, the parser knows no place: it is where the inner one is.
    private Location valuePosition(TomlTable table, String key) {
        TomlKeyValue entry = table.entry(List.of(key));
        TomlPosition position = entry == null ? null : entry.value().position();
        if (position == null && table.get(List.of(key)) instanceof TomlTable implied && !implied.isEmpty())
            return key(implied, implied.keySet().iterator().next()).location();
        return location(position);
    }

    private Location location(@Nullable TomlPosition position) {
        return position == null
                ? Location.of(refusals.source())
                : refusals.at(position.line(), position.column());
    }

    private Object kind(Object value) {
        if (value instanceof LocalDateTime date) return date.atZone(zone).toOffsetDateTime();
        if (value instanceof LocalDate date) return date.atStartOfDay(zone).toOffsetDateTime();
        // A time alone is on no day; Go's decoder puts it on the first of January of the year 0.
        if (value instanceof LocalTime time)
            return OffsetDateTime.of(LocalDate.of(0, 1, 1), time, zone.getRules().getOffset(java.time.Instant.EPOCH));
        return value;
    }

    private TextLayout layout(String string, Location at) {
        int start = lines.offset(at);
        if (start < 0) return TextLayout.QUOTED;
        char quote = (char) text[start];
        boolean triple =
                start + 2 < text.length && text[start + 1] == quote && text[start + 2] == quote && !string.isEmpty();
        if (quote == '\'')
            return triple ? ScalarLayout.of(text, start, ScalarLayout.Style.TRIPLE_LITERAL, string) : TextLayout.QUOTED;
        if (quote != '"') return TextLayout.QUOTED;
        return ScalarLayout.of(
                text, start, triple ? ScalarLayout.Style.TRIPLE_QUOTED : ScalarLayout.Style.DOUBLE_QUOTED, string);
    }
}
