package dev.jackstaff.formats.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.jackstaff.engine.document.Rfc3339;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one JSON text, straight to bytes, spelled as GO Feature Flag spells it (section by section Go's
/// `encoding/json`): maps by key in byte order, `<`, `>`, `&`, U+2028 and U+2029 escaped, numbers in their shortest form,
/// a newline at the end.
///
/// Cost: one pass; a map that are not in order already are sorted on the way. Not thread-safe, used once.
public final class JsonWriter {

    /// A member name, encoded once.
    public static final class Name {
        private final SerializedString text;

        private Name(String text) {
            this.text = new SerializedString(text);
            this.text.asQuotedUTF8();
        }

        public static Name of(String text) {
            return new Name(text);
        }
    }

    private final JsonGenerator json;
    private final Bytes out;

    private JsonWriter(JsonGenerator json, Bytes out) {
        this.json = json;
        this.out = out;
    }

    /// The finished text of what `content` writes.
    ///
    /// @param pretty indented by two spaces
    /// @throws UnencodableValueException when a value has no JSON form
    public static Body write(boolean pretty, Content content) {
        return write(pretty, 0, content);
    }

    /// The same for a text that will be large.
    ///
    /// @param expected about how many bytes; a wrong guess costs copying and nothing else
    public static Body write(boolean pretty, int expected, Content content) {
        JsonWriter writer = begin(pretty, expected);
        try (writer.json) {
            content.writeTo(writer);
            return writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to write", e);
        }
    }

    /// A text that is written bit by bit, and done with [#finish].
    ///
    /// @param expected about how many bytes; a wrong guess costs copying and nothing else
    public static JsonWriter begin(boolean pretty, int expected) {
        Bytes out = new Bytes(expected);
        try {
            JsonGenerator json = Jackson.FACTORY.createGenerator(out);
            if (pretty) json.setPrettyPrinter(Jackson.goIndent());
            return new JsonWriter(json, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to write", e);
        }
    }

    /// The finished text. Nothing is written after that.
    public Body finish() throws IOException {
        json.writeRaw('\n');
        json.close();
        return new Body(out.bytes, out.length);
    }

    /// What writes one text.
    @FunctionalInterface
    public interface Content {
        void writeTo(JsonWriter json) throws IOException;
    }

    public JsonWriter beginObject() throws IOException {
        json.writeStartObject();
        return this;
    }

    public JsonWriter endObject() throws IOException {
        json.writeEndObject();
        return this;
    }

    public JsonWriter beginList() throws IOException {
        json.writeStartArray();
        return this;
    }

    public JsonWriter endList() throws IOException {
        json.writeEndArray();
        return this;
    }

    public JsonWriter name(Name name) throws IOException {
        json.writeFieldName((SerializableString) name.text);
        return this;
    }

    public JsonWriter name(String name) throws IOException {
        json.writeFieldName(name);
        return this;
    }

    public JsonWriter member(Name name, String value) throws IOException {
        name(name);
        json.writeString(value);
        return this;
    }

    /// A value that is a name, such as a reason: encoded once, too.
    public JsonWriter member(Name name, Name value) throws IOException {
        name(name);
        json.writeString((SerializableString) value.text);
        return this;
    }

    public JsonWriter member(Name name, boolean value) throws IOException {
        name(name);
        json.writeBoolean(value);
        return this;
    }

    public JsonWriter member(Name name, long value) throws IOException {
        name(name);
        json.writeNumber(value);
        return this;
    }

    /// Any value the engine knows: null, [Boolean], [Long], [BigInteger], [Double], [String], [OffsetDateTime], [List],
    /// [Map] with string keys.
    public JsonWriter member(Name name, @Nullable Object value) throws IOException {
        name(name);
        value(value);
        return this;
    }

    /// A map with one member more than it has; the addition wins over a member of its name.
    public JsonWriter memberWith(Name name, Map<String, ? extends @Nullable Object> map, String added, boolean value)
            throws IOException {
        name(name);
        json.writeStartObject();
        boolean written = false;
        for (String key : sortedKeys(map)) {
            int order = written ? -1 : inByteOrder(key, added);
            if (!written && order >= 0) {
                json.writeFieldName(added);
                json.writeBoolean(value);
                written = true;
                if (order == 0) continue;
            }
            json.writeFieldName(key);
            value(map.get(key));
        }
        if (!written) {
            json.writeFieldName(added);
            json.writeBoolean(value);
        }
        json.writeEndObject();
        return this;
    }

    /// A value of any of these kinds, in a list or after a name.
    public JsonWriter value(@Nullable Object value) throws IOException {
        if (value == null) json.writeNull();
        else if (value instanceof String text) json.writeString(text);
        else if (value instanceof Boolean flag) json.writeBoolean(flag);
        else if (value instanceof Long number) json.writeNumber(number);
        else if (value instanceof Double number) number(number);
        else if (value instanceof Map<?, ?> map) map(map);
        else if (value instanceof List<?> list) list(list);
        else if (value instanceof BigInteger number) json.writeNumber(number);
        else if (value instanceof OffsetDateTime date) json.writeString(Rfc3339.format(date));
        else
            throw new UnencodableValueException(
                    "no JSON form: " + value.getClass().getSimpleName());
        return this;
    }

    /// How many bytes there are so far. What separates the last one from the next is not among them.
    int length() throws IOException {
        json.flush();
        return out.length;
    }

    /// A text that has been written before, as a value of this one; its last byte, the newline, is left out.
    public JsonWriter written(Body text) throws IOException {
        json.writeRawValue("");
        json.flush();
        out.write(text.bytes(), 0, text.length() - 1);
        return this;
    }

    private void number(double number) throws IOException {
        if (GoNumber.isPlainLong(number)) json.writeNumber((long) number);
        else if (Double.isFinite(number)) json.writeNumber(GoNumber.text(number));
        else
            throw new UnencodableValueException("no JSON form: " + number);
    }

    private void map(Map<?, ?> map) throws IOException {
        json.writeStartObject();
        if (isSorted(map)) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                value(entry.getValue());
            }
        } else {
            for (String key : sortedKeys(map)) {
                json.writeFieldName(key);
                value(map.get(key));
            }
        }
        json.writeEndObject();
    }

    private void list(List<?> list) throws IOException {
        json.writeStartArray();
        for (Object item : list) value(item);
        json.writeEndArray();
    }

    private static boolean isSorted(Map<?, ?> map) {
        if (map.size() < 2) return true;
        String previous = null;
        for (Object key : map.keySet()) {
            String name = (String) requireNonNull(key);
            if (previous != null && inByteOrder(previous, name) > 0) return false;
            previous = name;
        }
        return true;
    }

    static String[] sortedKeys(Map<?, ?> map) {
        String[] keys = map.keySet().toArray(new String[0]);
        if (keys.length > 1) Arrays.sort(keys, JsonWriter::inByteOrder);
        return keys;
    }

    /// The order of UTF-8 bytes, which is the order of code points. UTF-16 order differs from it only where surrogates
    /// meet characters above them.
    static int inByteOrder(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            char x = a.charAt(i), y = b.charAt(i);
            if (x == y) continue;
            boolean surrogateX = Character.isSurrogate(x), surrogateY = Character.isSurrogate(y);
            if (surrogateX == surrogateY) return x - y;
            return surrogateX ? 1 : -1;
        }
        return a.length() - b.length();
    }

    /// Grows as it is written; its array is handed over, not copied. The generator writes what fits its own buffer at
    /// once, so a small text gets an array of exactly its size.
    private static final class Bytes extends OutputStream {
        private byte[] bytes;
        private int length;

        Bytes(int expected) {
            bytes = new byte[expected];
        }

        @Override
        public void write(int b) {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int count) {
            if (length + count > bytes.length)
                bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
            System.arraycopy(from, offset, bytes, length, count);
            length += count;
        }
    }
}
