package dev.jackstaff.exporters.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values as Go's `fmt` prints them with `%v`, and what Go's `text/template` makes of them otherwise.
final class GoText {
    /// From here on a number has an exponent; below 1e-4, too.
    private static final double LARGE = 1e21;
    private static final double SMALL = 1e-4;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private GoText() {}

    /// At the top of an output, where null has a text of its own.
    static String output(@Nullable Object value) {
        return value == null ? "<no value>" : of(value);
    }

    static String of(@Nullable Object value) {
        if (value == null) return "<nil>";
        if (value instanceof Double number) return of(number.doubleValue());
        if (value instanceof List<?> list)
            return list.stream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
        if (value instanceof Map<?, ?> map) return of(map);
        if (value instanceof OffsetDateTime date) return of(date);
        return value.toString();
    }

    private static String of(Map<?, ?> map) {
        TreeSet<String> keys = new TreeSet<>();
        for (Object key : map.keySet()) keys.add(String.valueOf(key));
        return keys.stream().map(key -> key + ":" + of(map.get(key))).collect(Collectors.joining(" ", "map[", "]"));
    }

    private static String of(OffsetDateTime date) {
        String zone = date.getOffset().equals(ZoneOffset.UTC)
                ? "+0000 UTC"
                : date.getOffset().getId().replace(":", "") + " " + date.getOffset().getId().replace(":", "");
        String fraction = date.getNano() == 0
                ? ""
                : "." + BigDecimal.valueOf(date.getNano(), 9).stripTrailingZeros().toPlainString().substring(2);
        return DATE.format(date) + fraction + " " + zone;
    }

    /// The shortest digits that read back as the same number.
    static String of(double value) {
        if (Double.isNaN(value)) return "NaN";
        if (Double.isInfinite(value)) return value > 0 ? "+Inf" : "-Inf";
        if (value == 0) return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
        BigDecimal shortest = shortest(value);
        double size = Math.abs(value);
        return size < SMALL || size >= LARGE ? scientific(shortest) : shortest.toPlainString();
    }

    /// `Double.toString` never gives fewer than two digits, and before Java 19 sometimes more than are needed.
    private static BigDecimal shortest(double value) {
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal exact = new BigDecimal(value);
        for (int digits = shortest.precision() - 1; digits > 0; digits--) {
            BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() != value) break;
            shortest = shorter.stripTrailingZeros();
        }
        return shortest;
    }

    private static String scientific(BigDecimal number) {
        String digits = number.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - number.scale();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (number.signum() < 0 ? "-" : "") + mantissa + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /// With so many digits behind the point.
    static String fixed(double value, int digits) {
        if (!Double.isFinite(value)) return of(value);
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    /// In double quotes, on one line whatever is in it.
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7F) quoted.append(String.format("\\x%02x", c));
                    else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029)
                        quoted.append(String.format("\\u%04x", c));
                    else
                        quoted.appendCodePoint(c);
                }
            }
        });
        return quoted.append('"').toString();
    }

    /// Null, false, zero and what is empty are false.
    static boolean isTrue(@Nullable Object value) {
        if (value == null) return false;
        if (value instanceof Boolean bool) return bool;
        if (value instanceof Number number) return number.doubleValue() != 0;
        if (value instanceof String text) return !text.isEmpty();
        if (value instanceof List<?> list) return !list.isEmpty();
        if (value instanceof Map<?, ?> map) return !map.isEmpty();
        return true;
    }

    /// Of texts in bytes; zero for what has no length.
    static long length(@Nullable Object value) {
        if (value instanceof String text) return text.getBytes(StandardCharsets.UTF_8).length;
        if (value instanceof List<?> list) return list.size();
        return value instanceof Map<?, ?> map ? map.size() : 0;
    }

    /// Numbers by their size, anything else if both are the same; in Go, values of two kinds cannot be compared.
    static boolean isEqual(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) return a == null && b == null;
        if (a instanceof Number x && b instanceof Number y)
            return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())) == 0;
        return a.equals(b);
    }
}
