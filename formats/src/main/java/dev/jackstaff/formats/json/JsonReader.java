package dev.jackstaff.formats.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one request straight from its bytes, with the leniency of Go's `encoding/json`: only the first value counts,
/// member names match in any letter case, `null` stands for absent, malformed UTF-8 is repaired, numbers are doubles.
///
/// Deeper nesting than 1,000 and numbers beyond the range of a double are refused. Not thread-safe, used once.
public final class JsonReader implements AutoCloseable {
    /// Integers of up to 15 digits are exact as doubles.
    private static final int EXACT_DIGITS = 15;

    private final JsonParser json;
    /// Only an escape can hold half a surrogate pair once the bytes are well-formed.
    private final boolean hasEscapes;
    private @Nullable Repeats repeats; // while objects are read that are alike

    private JsonReader(JsonParser json, boolean hasEscapes) {
        this.json = json;
        this.hasEscapes = hasEscapes;
    }

    /// @throws MalformedJsonException when there is no value at all
    public static JsonReader over(Body body) throws MalformedJsonException {
        byte[] bytes = body.bytes();
        int length = body.length();
        boolean ascii = true, escapes = false;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            ascii &= b >= 0;
            escapes |= b == '\\';
        }
        if (startsWithByteOrderMark(bytes, length))
            throw new MalformedJsonException("Syntax error: offset=1, error=a byte order mark is no JSON");
        // Else Jackson takes it for UTF-16 or UTF-32.
        if (length > 1 && (bytes[0] == 0 || bytes[1] == 0))
            throw new MalformedJsonException("Syntax error: offset=1, error=a NUL character is no JSON");
        if (!ascii && Utf8.validUntil(bytes, length) < length) {
            bytes = Utf8.repaired(bytes, length);
            length = bytes.length;
        }
        try {
            JsonParser json = Jackson.FACTORY.createParser(bytes, 0, length);
            JsonReader reader = new JsonReader(json, escapes);
            if (reader.next() == null) throw new MalformedJsonException("EOF");
            return reader;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /// Steps into the object at hand, or over the null there. An object is walked with [#nextName]; what is of no
    /// interest must be [#skip]ped.
    ///
    /// @param expected what the caller calls such an object
    /// @param path     where it stands, empty at the top
    /// @return whether there is an object
    public boolean enterObject(String expected, String path) throws MalformedJsonException {
        return switch (json.currentToken()) {
            case START_OBJECT -> true;
            case VALUE_NULL -> false;
            default -> throw mismatch(expected, path);
        };
    }

    /// The next member's name, its value being at hand then; null after the last one.
    public @Nullable String nextName() throws MalformedJsonException {
        try {
            String name = json.nextFieldName();
            if (name == null) {
                if (json.currentToken() == null) throw new MalformedJsonException("unexpected EOF");
                return null;
            }
            next();
            return name;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /// Steps over the value at hand, whatever it is.
    public void skip() throws MalformedJsonException {
        try {
            json.skipChildren();
            if (json.currentToken() == null) throw new MalformedJsonException("unexpected EOF");
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /// The string at hand, or `otherwise` for null.
    public String string(String path, String otherwise) throws MalformedJsonException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> text();
            case VALUE_NULL -> otherwise;
            default -> throw mismatch("string", path);
        };
    }

    /// The boolean at hand, or `otherwise` for null.
    public boolean bool(String path, boolean otherwise) throws MalformedJsonException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> otherwise;
            default -> throw mismatch("bool", path);
        };
    }

    /// The strings at hand, or null for null. A null among them is an empty string, as Go has it.
    public @Nullable List<String> strings(String path) throws MalformedJsonException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) return null;
        if (token != JsonToken.START_ARRAY) throw mismatch("[]string", path);
        List<String> strings = new ArrayList<>();
        while ((token = next()) != JsonToken.END_ARRAY) {
            if (token == null) throw new MalformedJsonException("unexpected EOF");
            strings.add(string(path, ""));
        }
        return strings;
    }

    /// Steps into the list of objects at hand, or over the null there. It is walked with [#nextElement], each element being an
    /// object or null, as for [#enterObject].
    ///
    /// They are taken to be alike: short texts that come again are the same object most times.
    ///
    /// @return whether there is a list
    public boolean enterObjects(String path) throws MalformedJsonException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) return false;
        if (token != JsonToken.START_ARRAY) throw mismatch("[]map[string]interface {}", path);
        repeats = new Repeats();
        return true;
    }

    /// Whether there is another element, which is at hand then.
    public boolean nextElement() throws MalformedJsonException {
        JsonToken token = next();
        if (token == null) throw new MalformedJsonException("unexpected EOF");
        if (token != JsonToken.END_ARRAY) return true;
        repeats = null;
        return false;
    }

    /// The object at hand as it is, laid over one read before (a member that stands twice is merged); null for null.
    public @Nullable Map<String, @Nullable Object> object(
            String path, @Nullable Map<String, @Nullable Object> before) throws MalformedJsonException {
        if (!enterObject("map[string]interface {}", path)) return null;
        Map<String, @Nullable Object> object = before == null ? new HashMap<>() : before;
        for (String name; (name = nextName()) != null;) object.put(name, value());
        return object;
    }

    /// The value at hand as it is: null, [Boolean], [Double], [String], [List], [Map].
    public @Nullable Object any() throws MalformedJsonException {
        return value();
    }

    /// The object at hand as attributes of an evaluation context, laid over those read before (a member that stands
    /// twice is merged); null for null.
    ///
    /// A number directly in it that has no fraction and fits 64 bits becomes a [Long]; numbers further down stay doubles
    /// (`modules/core/utils`, JSON decoding of the relay handlers).
    public @Nullable Map<String, @Nullable Object> attributes(
            String path, @Nullable Map<String, @Nullable Object> before) throws MalformedJsonException {
        if (!enterObject("object", path)) return null;
        Map<String, @Nullable Object> attributes = before == null ? new HashMap<>() : before;
        for (String name; (name = nextName()) != null;) attributes.put(name, attribute());
        return attributes;
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to close", e);
        }
    }

    private @Nullable Object attribute() throws MalformedJsonException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) return value();
        try {
            if (token == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= EXACT_DIGITS) return json.getLongValue();
            double number = finite();
            return number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63
                    ? (Object) (long) number
                    : number;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private @Nullable Object value() throws MalformedJsonException {
        try {
            return switch (json.currentToken()) {
                case VALUE_STRING -> text();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite();
                case START_ARRAY -> list();
                case START_OBJECT -> map();
                default -> throw new MalformedJsonException("unexpected EOF");
            };
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private List<@Nullable Object> list() throws MalformedJsonException, IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token; (token = next()) != JsonToken.END_ARRAY;) {
            if (token == null) throw new MalformedJsonException("unexpected EOF");
            list.add(value());
        }
        return list;
    }

    private Map<String, @Nullable Object> map() throws MalformedJsonException {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (String name; (name = nextName()) != null;) map.put(name, value());
        return map;
    }

    private double finite() throws IOException, MalformedJsonException {
        double number = json.getDoubleValue();
        if (Double.isInfinite(number))
            throw new MalformedJsonException("Unmarshal type error: expected=float64, got=number " + json.getText()
                    + ", offset=" + json.currentLocation().getByteOffset());
        boolean negativeZero = number == 0 && json.getTextCharacters()[json.getTextOffset()] == '-';
        return negativeZero ? -0.0 : number;
    }

    private String text() throws MalformedJsonException {
        try {
            return repeats == null || hasEscapes
                    ? whole(json.getText())
                    : repeats.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /// Half a surrogate pair is no character; Go reads it as U+FFFD. In a name Jackson refuses it.
    private String whole(String text) {
        if (!hasEscapes) return text;
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (Character.charCount(text.codePointAt(i)) == 2) {
                i++;
                continue;
            }
            if (repaired == null) repaired = new StringBuilder(text);
            repaired.setCharAt(i, '\uFFFD');
        }
        return repaired == null ? text : repaired.toString();
    }

    private @Nullable JsonToken next() throws MalformedJsonException {
        try {
            return json.nextToken();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private MalformedJsonException mismatch(String expected, String path) {
        JsonToken at = json.currentToken();
        String got = at == null ? "nothing" : switch (at) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            default -> "nothing";
        };
        return new MalformedJsonException(
                "Unmarshal type error: expected=" + expected + ", got=" + got + ", field=" + path
                        + ", offset=" + json.currentLocation().getByteOffset());
    }

    private static MalformedJsonException malformed(IOException e) {
        if (e instanceof JsonEOFException) return new MalformedJsonException("unexpected EOF");
        if (e instanceof JsonParseException broken)
            return new MalformedJsonException("Syntax error: offset="
                    + broken.getLocation().getByteOffset() + ", error="
                    + broken.getOriginalMessage().toLowerCase(Locale.ROOT));
        if (e instanceof StreamConstraintsException limit)
            return new MalformedJsonException("Syntax error: error=" + limit.getOriginalMessage());
        throw new IllegalStateException("memory does not fail to read", e);
    }

    private static boolean startsWithByteOrderMark(byte[] bytes, int length) {
        return length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }
}
