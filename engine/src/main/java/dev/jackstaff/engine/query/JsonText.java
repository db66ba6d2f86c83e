package dev.jackstaff.engine.query;

import dev.jackstaff.engine.document.WellFormed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one JSON text as strictly as Go's `encoding/json`: one value, nothing after it, numbers within 64-bit floating
/// point, of members with one name the last.
final class JsonText {
    private final String text;
    private int at;
    private int nesting;

    private JsonText(String text) {
        this.text = text;
    }

    /// The object or `null` that `text` is, or null when it is anything else.
    ///
    /// @throws LimitExceeded when it nests too deep or has too long a list
    static @Nullable Json objectOrNull(String text) {
        return new JsonText(text).read();
    }

    /// For a text that is no JSON object, where it stops being one.
    static int end(String text) {
        JsonText in = new JsonText(text);
        in.read();
        return in.at;
    }

    private @Nullable Json read() {
        skipSpace();
        if (next() != '{' && next() != 'n') return null;
        try {
            Json json = value();
            skipSpace();
            return at == text.length() ? json : null;
        } catch (Malformed notJson) {
            return null;
        }
    }

    private Json value() {
        int start = at;
        return switch (next()) {
            case '{' -> object(start);
            case '[' -> array(start);
            case '"' -> {
                String string = string();
                yield new Json.Scalar(start, at, string);
            }
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> {
                double number = number();
                yield new Json.Scalar(start, at, number);
            }
        };
    }

    private Json word(String word, @Nullable Boolean meaning) {
        if (!text.startsWith(word, at)) throw new Malformed();
        at += word.length();
        return new Json.Scalar(at - word.length(), at, meaning);
    }

    private Json object(int start) {
        Map<String, Json> members = new LinkedHashMap<>();
        enter();
        if (!closes('}')) {
            do {
                skipSpace();
                if (next() != '"') throw new Malformed();
                String name = string();
                skipSpace();
                expect(':');
                skipSpace();
                members.put(name, value());
                checkLength(start, members.size());
            } while (continues('}'));
        }
        nesting--;
        return new Json.Members(start, at, members);
    }

    private Json array(int start) {
        List<Json> items = new ArrayList<>();
        enter();
        if (!closes(']')) {
            do {
                skipSpace();
                items.add(value());
                checkLength(start, items.size());
            } while (continues(']'));
        }
        nesting--;
        return new Json.Array(start, at, items);
    }

    private void enter() {
        if (++nesting > Limits.NESTING)
            throw new LimitExceeded(at, Limits.message("nests deeper than", Limits.NESTING, "levels"));
        at++;
        skipSpace();
    }

    private void checkLength(int start, int length) {
        if (length > Limits.LIST_ITEMS)
            throw new LimitExceeded(start, Limits.message("has a list of more than", Limits.LIST_ITEMS, "items"));
    }

    private boolean closes(char bracket) {
        if (next() != bracket) return false;
        at++;
        return true;
    }

    private boolean continues(char bracket) {
        skipSpace();
        if (closes(bracket)) return false;
        expect(',');
        return true;
    }

    private String string() {
        StringBuilder string = null;
        int plain = ++at;
        while (next() != '"') {
            if (next() < 0x20) throw new Malformed();
            if (next() != '\\') {
                at++;
                continue;
            }
            if (string == null) string = new StringBuilder();
            string.append(text, plain, at);
            at++;
            string.append(escape());
            plain = at;
        }
        String tail = text.substring(plain, at++);
        return string == null ? tail : WellFormed.text(string.append(tail).toString());
    }

    private char escape() {
        char c = next();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw new Malformed();
        };
    }

    private char hex() {
        int unit = 0;
        for (int end = at + 4; at < end; at++) {
            int digit = next() < 0x80 ? Character.digit(next(), 16) : -1;
            if (digit < 0) throw new Malformed();
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private double number() {
        int start = at;
        if (next() == '-') at++;
        if (next() == '0') at++;
        else
            digits();
        if (next() == '.') {
            at++;
            digits();
        }
        if (next() == 'e' || next() == 'E') {
            at++;
            if (next() == '+' || next() == '-') at++;
            digits();
        }
        double number = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(number)) throw new Malformed();
        return number;
    }

    private void digits() {
        int start = at;
        while (next() >= '0' && next() <= '9') at++;
        if (at == start) throw new Malformed();
    }

    private void expect(char c) {
        if (next() != c) throw new Malformed();
        at++;
    }

    private void skipSpace() {
        while (next() == ' ' || next() == '\t' || next() == '\r' || next() == '\n') at++;
    }

    /// The next character; at the end one that fits nowhere.
    private char next() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Malformed extends RuntimeException {
        Malformed() {
            super("malformed", null, false, false);
        }
    }
}
