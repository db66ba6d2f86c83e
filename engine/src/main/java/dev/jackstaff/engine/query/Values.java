package dev.jackstaff.engine.query;

import dev.jackstaff.engine.document.Rfc3339;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What JsonLogic makes of values: null, [Boolean], numbers ([Long] or [Double], all of them floating-point to a rule),
/// [String], [List], [Map]. The conversions of `diegoholiveira/jsonlogic` v3.10.1.
final class Values {
    /// What `-` and `/` make of nothing: a zero of a type that the original's other operators do not know. It is written
    /// `0`, equals no number, and aborts arithmetic.
    enum StrangeZero {
        STRANGE_ZERO
    }

    private Values() {}

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Double || value instanceof Long;
    }

    /// A value of the data as a rule sees it: dates are their RFC 3339 texts.
    static @Nullable Object of(@Nullable Object data) {
        return data instanceof OffsetDateTime date ? Rfc3339.format(date) : data;
    }

    static boolean truthy(@Nullable Object value) {
        if (value instanceof Boolean bool) return bool;
        if (value instanceof Number number) return number.doubleValue() != 0;
        if (value instanceof String text) return !text.isEmpty();
        if (value instanceof List<?> list) return !list.isEmpty();
        return value instanceof Map<?, ?> map && !map.isEmpty();
    }

    /// For comparisons: everything has a number, if only NaN.
    static double comparable(@Nullable Object value) {
        if (value == null) return 0;
        if (value instanceof Double number) return number;
        if (value instanceof Long number) return number;
        if (value instanceof Boolean bool) return bool ? 1 : 0;
        if (!(value instanceof String text)) return Double.NaN;
        if (isBlank(text)) return 0;
        double number = GoFloat.parse(text, Double.NaN);
        return Double.isInfinite(number) && !GoFloat.saysInfinity(text) ? Double.NaN : number;
    }

    /// For arithmetic: a text that is no number is 0, and only texts and numbers will do.
    static double arithmetic(@Nullable Object value) {
        if (value instanceof Double number) return number;
        if (value instanceof Long number) return number;
        if (value instanceof String text) return GoFloat.parse(text, 0);
        throw new Aborted(Aborted.Reason.NO_NUMBER);
    }

    static String text(@Nullable Object value) {
        if (value instanceof String text) return text;
        if (value == null) return "";
        if (isNumber(value)) return GoFloat.format(comparable(value));
        throw new Aborted(Aborted.Reason.NO_TEXT);
    }

    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) return a == null && b == null;
        if (a instanceof String text && b instanceof String other) return text.equals(other);
        return comparable(a) == comparable(b);
    }

    static boolean equal(double a, @Nullable Object b) {
        return b != null && a == comparable(b);
    }

    static boolean strictlyEqual(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) return a == null && b == null;
        if (isNumber(a) && isNumber(b)) return comparable(a) == comparable(b);
        return (a instanceof String || a instanceof Boolean) && a.equals(b);
    }

    static boolean less(@Nullable Object a, @Nullable Object b) {
        if (a instanceof String text && b instanceof String other) return CodePointOrder.compare(text, other) < 0;
        return comparable(a) < comparable(b);
    }

    /// Go's `==` of two values, which cannot compare lists with lists or objects with objects.
    static boolean identical(@Nullable Object a, @Nullable Object b) {
        if ((a instanceof List && b instanceof List) || (a instanceof Map && b instanceof Map))
            throw new Aborted(Aborted.Reason.NO_EQUALITY);
        if (a instanceof StrangeZero) return b instanceof StrangeZero;
        return !(a instanceof List || a instanceof Map) && strictlyEqual(a, b);
    }

    /// Go's conversion of a floating-point number to a 64-bit integer on amd64: out of range is the smallest.
    static long integer(double number) {
        return number > -0x1p63 && number < 0x1p63 ? (long) number : Long.MIN_VALUE;
    }

    /// Whether `value` written as JSON is none of the five texts that mean no: `false`, `null`, `""`, `0`, `[]`.
    static boolean means(@Nullable Object value) {
        if (value instanceof Boolean bool) return bool;
        if (value instanceof Number number) return means(number.doubleValue());
        if (value instanceof String text) return !text.isEmpty();
        if (value instanceof List<?> list) return !list.isEmpty();
        return value instanceof Map;
    }

    /// Negative zero is written `-0`, which means yes; NaN and infinity cannot be written.
    static boolean means(double number) {
        return Double.isFinite(number) && (number != 0 || 1 / number < 0);
    }

    /// Whether `value` has a JSON form, which NaN and infinity have not.
    static boolean isWritable(@Nullable Object value) {
        if (value instanceof Double number) return Double.isFinite(number);
        if (value instanceof List<?> list) for (Object item : list) if (!isWritable(item)) return false;
        if (value instanceof Map<?, ?> map) for (Object member : map.values()) if (!isWritable(member)) return false;
        return true;
    }

    private static boolean isBlank(String text) {
        for (int at = 0; at < text.length(); at++) if (!isSpace(text.charAt(at))) return false;
        return true;
    }

    /// Without white space at both ends, as Go's `strings.TrimSpace` sees it.
    static String trimmed(String text) {
        int start = 0, end = text.length();
        while (start < end && isSpace(text.charAt(start))) start++;
        while (end > start && isSpace(text.charAt(end - 1))) end--;
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }
}
