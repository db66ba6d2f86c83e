package dev.jackstaff.formats;

import dev.jackstaff.engine.document.Rfc3339;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The kind of a YAML scalar, exactly as `gopkg.in/yaml.v3` (`resolve.go`) has it: YAML 1.2 with the numbers of 1.1, and
/// without its `yes` and `no`.
final class YamlScalars {
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final Pattern TIMESTAMP = Pattern.compile("([0-9]{4})(-[0-9]{1,2})(-[0-9]{1,2})"
            + "(?:([Tt]| +)([0-9]{1,2})(:[0-9]{1,2})(:[0-9]{1,2})([.,][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?");
    private static final String LONG_TAG = "tag:yaml.org,2002:";

    private YamlScalars() {}

    /// A tag says a kind that the text is not of.
    static final class WrongTagException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongTagException(String message) {
            super(message, null, false, false);
        }
    }

    /// The value of a scalar without quotes and without tag.
    static @Nullable Object plain(String text) {
        if (text.isEmpty()) return null;
        char first = text.charAt(0);
        if (first >= '0' && first <= '9') {
            OffsetDateTime date = timestamp(text);
            return date != null ? date : number(text);
        }
        return switch (first) {
            case '+', '-' -> signed(text);
            case '.' -> dotted(text);
            case '~', 'n', 'N', 't', 'T', 'f', 'F' -> word(text);
            default -> text;
        };
    }

    /// The value of a scalar with a tag other than `!`. Unknown tags mean a string.
    static @Nullable Object tagged(String tag, String text) throws WrongTagException {
        if (!tag.startsWith(LONG_TAG)) return text;
        return switch (tag.substring(LONG_TAG.length())) {
            case "binary" -> binary(text);
            case "null" -> {
                if (text.isEmpty() || word(text) == null) yield null;
                throw wrong(text, "null");
            }
            case "bool" -> {
                if (word(text) instanceof Boolean bool) yield bool;
                throw wrong(text, "bool");
            }
            case "int" -> {
                Object number = numeric(text);
                if (number instanceof Long || number instanceof BigInteger) yield number;
                throw wrong(text, "int");
            }
            case "float" -> {
                Object number = numeric(text);
                if (number instanceof Double) yield number;
                if (number instanceof Long integer) yield (double) integer;
                throw wrong(text, "float");
            }
            case "timestamp" -> {
                OffsetDateTime date = timestamp(text);
                if (date != null) yield date;
                throw wrong(text, "timestamp");
            }
            default -> text;
        };
    }

    /// Whether `tag` makes the key `<<` a merge key.
    static boolean isMergeTag(@Nullable String tag) {
        return tag == null || tag.equals("!") || tag.equals(LONG_TAG + "merge");
    }

    private static WrongTagException wrong(String text, String tag) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return new WrongTagException("\"" + shown + "\" is no value for the tag !!" + tag);
    }

    private static String binary(String text) throws WrongTagException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new WrongTagException("the !!binary value is no valid base64");
        }
    }

    /// A number, or something else.
    private static @Nullable Object numeric(String text) {
        if (text.isEmpty()) return null;
        char first = text.charAt(0);
        if (first >= '0' && first <= '9') return number(text);
        return first == '+' || first == '-' ? signed(text) : first == '.' ? dotted(text) : null;
    }

    private static @Nullable Object word(String text) {
        return switch (text) {
            case "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> text;
        };
    }

    private static Object signed(String text) {
        return switch (text) {
            case "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
            case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
            default -> number(text);
        };
    }

    private static Object dotted(String text) {
        return switch (text) {
            case ".nan", ".NaN", ".NAN" -> Double.NaN;
            case ".inf", ".Inf", ".INF" -> Double.POSITIVE_INFINITY;
            default -> underscoresBetweenDigits(text) ? decimal(text.replace("_", ""), text) : text;
        };
    }

    /// The rule for underscores in a number that begins with a point; other numbers may have them anywhere.
    private static boolean underscoresBetweenDigits(String text) {
        for (int at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1))
            if (at + 1 == text.length() || !isDigit(text.charAt(at - 1)) || !isDigit(text.charAt(at + 1))) return false;
        return true;
    }

    /// An integer, else a float, else the text itself.
    private static Object number(String text) {
        String digits = text.indexOf('_') < 0 ? text : text.replace("_", "");
        Object integer = integer(digits);
        return integer != null ? integer : decimal(digits, text);
    }

    private static @Nullable Object integer(String text) {
        int at = text.charAt(0) == '+' || text.charAt(0) == '-' ? 1 : 0;
        boolean negative = at == 1 && text.charAt(0) == '-';
        int radix = 10;
        if (at < text.length() && text.charAt(at) == '0') {
            int prefix = at + 2 < text.length() ? text.charAt(at + 1) | 0x20 : 0;
            radix = prefix == 'x' ? 16 : prefix == 'b' ? 2 : 8;
            at += prefix == 'x' || prefix == 'b' || prefix == 'o' ? 2 : 1;
            while (at < text.length() && text.charAt(at) == '0') at++;
            if (at == text.length()) return 0L;
        }
        if (at == text.length()) return null;
        for (int i = at; i < text.length(); i++)
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) return null;
        if (text.length() - at <= 15 && radix <= 16) {
            long small = Long.parseLong(text.substring(at), radix);
            return negative ? -small : small;
        }
        if (text.length() - at > 64) return null;
        BigInteger big = new BigInteger(text.substring(at), radix);
        if (negative) big = big.negate();
        if (big.bitLength() <= 63) return big.longValue();
        // A sign makes it no unsigned number.
        boolean signed = text.charAt(0) == '+' || negative;
        return !signed && big.compareTo(MAX_UNSIGNED) <= 0 ? big : null;
    }

    /// A float with an optional sign, digits before or after the point, an optional exponent; else `text`. What is too
    /// large for a double is text, too.
    private static Object decimal(String digits, String text) {
        int at = 0, count = 0;
        int length = digits.length();
        if (at < length && (digits.charAt(at) == '+' || digits.charAt(at) == '-')) at++;
        for (; at < length && isDigit(digits.charAt(at)); at++) count++;
        if (at < length && digits.charAt(at) == '.')
            for (at++; at < length && isDigit(digits.charAt(at)); at++) count++;
        if (count == 0) return text;
        if (at < length && (digits.charAt(at) | 0x20) == 'e') {
            at++;
            if (at < length && (digits.charAt(at) == '+' || digits.charAt(at) == '-')) at++;
            int exponent = at;
            while (at < length && isDigit(digits.charAt(at))) at++;
            if (at == exponent) return text;
        }
        if (at < length) return text;
        double value = Double.parseDouble(digits);
        return Double.isInfinite(value) ? text : value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// The date `text` stands for, or null: a date alone (midnight UTC), a date and time with spaces between (UTC), or with
    /// `T` or `t` and a zone. Month, day, hour, minute and second may have one digit.
    static @Nullable OffsetDateTime timestamp(String text) {
        if (text.length() < 8 || text.charAt(4) != '-') return null;
        Matcher parts = TIMESTAMP.matcher(text);
        if (!parts.matches()) return null;
        String date = parts.group(1) + two(parts.group(2)) + two(parts.group(3));
        if (parts.group(4) == null) return Rfc3339.parse(date + "T00:00:00Z");
        boolean withZone = !parts.group(4).startsWith(" ");
        if (withZone != (parts.group(9) != null)) return null;
        String fraction = parts.group(8) == null ? "" : parts.group(8);
        return Rfc3339.parse(date + "T" + two(parts.group(5)) + two(parts.group(6)) + two(parts.group(7)) + fraction
                + (withZone ? parts.group(9) : "Z"));
    }

    /// A number of one digit, with or without a sign of punctuation before it, as one of two.
    private static String two(String number) {
        boolean bare = isDigit(number.charAt(0));
        String digits = bare ? number : number.substring(1);
        return (bare ? "" : number.substring(0, 1)) + (digits.length() == 1 ? "0" : "") + digits;
    }
}
