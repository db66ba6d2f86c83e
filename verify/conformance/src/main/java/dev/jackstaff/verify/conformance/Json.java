package dev.jackstaff.verify.conformance;

import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.formats.Formats;
import dev.jackstaff.formats.Limits;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// JSON as plain values that keep the order of members: null, [Boolean], [Double], [String], [List], [LinkedHashMap].
public final class Json {
    private static final Limits DEEP = new Limits(Limits.DEFAULT.bytes(), 500, 50_000_000, 0);

    private Json() {}

    /// The value of an object's members, by name, as the tree of [Formats] has them.
    ///
    /// @throws MalformedDocumentException when the text is no JSON object; it says where
    public static Map<String, Node> members(String source, byte[] text) throws MalformedDocumentException {
        Map<String, Node> members = new LinkedHashMap<>();
        Formats.open(Syntax.JSON, source, text, DEEP).forEachMember((key, value) -> members.put(key.source(), value));
        return members;
    }

    /// The members of an object within a tree; none where it is absent or no object.
    static Map<String, Node> members(@Nullable Node node) {
        Map<String, Node> members = new LinkedHashMap<>();
        if (node instanceof Node.Mapping object)
            for (Node.Member member : object.members()) members.put(member.key().source(), member.value());
        return members;
    }

    /// Any text that is one JSON value.
    ///
    /// @throws MalformedDocumentException when it is none
    public static @Nullable Object parse(String text) throws MalformedDocumentException {
        return value(members("text", ("{\"value\":" + text + "}").getBytes(StandardCharsets.UTF_8)).get("value"));
    }

    public static @Nullable Object value(@Nullable Node node) {
        return switch (node) {
            case null -> null;
            case Node.Scalar scalar -> scalar.value();
            case Node.Sequence list -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (Node item : list.items()) items.add(value(item));
                yield items;
            }
            case Node.Mapping object -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (Node.Member member : object.members()) map.put(member.key().source(), value(member.value()));
                yield map;
            }
        };
    }

    /// One line, members by name.
    public static String text(@Nullable Object value) {
        Body body = JsonWriter.write(false, json -> json.value(value));
        return new String(body.copy(), StandardCharsets.UTF_8).strip();
    }

    /// Whether two values are the same JSON: numbers as doubles, members in any order.
    public static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y)
            return Double.compare(x.doubleValue(), y.doubleValue()) == 0;
        if (a instanceof List<?> x && b instanceof List<?> y) {
            if (x.size() != y.size()) return false;
            for (int i = 0; i < x.size(); i++) if (!same(x.get(i), y.get(i))) return false;
            return true;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            if (!x.keySet().equals(y.keySet())) return false;
            for (Map.Entry<?, ?> entry : x.entrySet()) if (!same(entry.getValue(), y.get(entry.getKey()))) return false;
            return true;
        }
        return Objects.equals(a, b);
    }
}
