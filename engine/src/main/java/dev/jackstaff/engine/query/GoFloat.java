package dev.jackstaff.engine.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as text the way Go's `strconv` reads and writes them.
final class GoFloat {
    /// Powers of ten that are exact as a double.
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private static final double EXACT_INTEGERS = 1L << 53;

    private GoFloat() {}

    /// The number `text` is (`ParseFloat`): decimal, hexadecimal with exponent, underscores between digits, `inf`,
    /// `infinity` and `nan` in any case, no space around. A number too large is infinite. `otherwise` for anything else.
    ///
    /// Cost: one pass; allocates for numbers of more than 15 digits or with an exponent.
    static double parse(String text, double otherwise) {
        double simple = simple(text);
        if (!Double.isNaN(simple)) return simple;
        int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        String body = text.substring(start);
        if (body.equalsIgnoreCase("inf") || body.equalsIgnoreCase("infinity"))
            return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        if (text.equalsIgnoreCase("nan")) return Double.NaN;
        if (!new Scanner(body).isNumber()) return otherwise;
        return Double.parseDouble(text.replace("_", ""));
    }

    /// Whether `text` says infinity, rather than being too large a number.
    static boolean saysInfinity(String text) {
        return text.endsWith("f") || text.endsWith("F") || text.endsWith("y") || text.endsWith("Y");
    }

    /// Sign, digits, fraction; exact up to 15 digits. NaN for anything else.
    private static double simple(String text) {
        int at = 0, length = text.length();
        if (length == 0 || length > 17) return Double.NaN;
        boolean negative = text.charAt(0) == '-';
        if (negative || text.charAt(0) == '+') at++;
        long digits = 0;
        int count = 0, fraction = -1;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c == '.' && fraction < 0) fraction = 0;
            else if (c >= '0' && c <= '9') {
                digits = digits * 10 + c - '0';
                count++;
                if (fraction >= 0) fraction++;
            } else
                return Double.NaN;
        }
        if (count == 0 || count > 15) return Double.NaN;
        double number = fraction > 0 ? digits / POWERS[fraction] : digits;
        return negative ? -number : number;
    }

    /// The shortest plain decimal that reads back as `number` (`FormatFloat` with format `f`, precision -1).
    static String format(double number) {
        if (Double.isNaN(number)) return "NaN";
        if (Double.isInfinite(number)) return number > 0 ? "+Inf" : "-Inf";
        if (number == 0) return 1 / number < 0 ? "-0" : "0";
        if (Math.abs(number) < EXACT_INTEGERS && number == Math.rint(number)) return Long.toString((long) number);
        return shortest(number).toPlainString();
    }

    /// Java 17 may give a digit too many, and every version gives at least two.
    private static BigDecimal shortest(double number) {
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        while (shortest.precision() > 1) {
            BigDecimal shorter = shortest.round(new MathContext(shortest.precision() - 1, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() != number) break;
            shortest = shorter.stripTrailingZeros();
        }
        return shortest;
    }

    /// Checks the syntax of a number without sign.
    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        boolean isNumber() {
            boolean hex = text.regionMatches(true, 0, "0x", 0, 2);
            if (hex) at = 2;
            int digits = digits(hex);
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
                digits += digits(hex);
            }
            if (digits == 0) return false;
            boolean exponent = exponent(hex ? 'p' : 'e');
            return at == text.length() && (exponent || !hex) && underscoresSeparateDigits(hex);
        }

        private int digits(boolean hex) {
            int count = 0;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (isDigit(c, hex)) count++;
                else if (c != '_') break;
            }
            return count;
        }

        private boolean exponent(char mark) {
            if (at >= text.length() || (text.charAt(at) | 0x20) != mark) return false;
            int digits = at + 1;
            if (digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-')) digits++;
            if (digits >= text.length() || !isDigit(text.charAt(digits), false)) return false;
            at = digits;
            digits(false);
            return true;
        }

        private boolean underscoresSeparateDigits(boolean hex) {
            for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
                boolean afterDigit = i > 0 && (isDigit(text.charAt(i - 1), hex) || (hex && i == 2));
                if (!afterDigit || i + 1 == text.length() || !isDigit(text.charAt(i + 1), hex)) return false;
            }
            return true;
        }

        private static boolean isDigit(char c, boolean hex) {
            boolean decimal = c >= '0' && c <= '9';
            return decimal || (hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f');
        }
    }
}
