package dev.jackstaff.formats.json;

/// Doubles as Go's `encoding/json` spells them: the shortest digits that read back as the same double, no exponent from
/// 1e-6 up to 1e21, otherwise `1e-7` and `1e+21`; whole numbers without `.0`.
final class GoNumber {
    /// Up to here a whole double prints its digits as a long does.
    private static final double PLAIN_LONG = 1e15;

    private GoNumber() {}

    /// Whether `value` can be written as `(long) value`.
    static boolean isPlainLong(double value) {
        return value == (long) value
                && Math.abs(value) < PLAIN_LONG
                && (value != 0 || Double.doubleToRawLongBits(value) == 0);
    }

    static String text(double value) {
        if (value == 0) return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
        Decimal shortest = Decimal.of(Math.abs(value));
        String text = Math.abs(value) < 1e-6 || Math.abs(value) >= 1e21 ? shortest.scientific() : shortest.plain();
        return value < 0 ? "-" + text : text;
    }

    /// `0.digits * 10^point`, the first digit not zero, no trailing zeros.
    private record Decimal(String digits, int point) {

        /// `Double.toString` gives the shortest digits since JDK 19, but never fewer than two: a lone digit that reads
        /// back as the same double is shorter still (4.9E-324 is 5e-324).
        static Decimal of(double value) {
            String java = Double.toString(value);
            int e = java.indexOf('E');
            int exponent = e < 0 ? 0 : Integer.parseInt(java, e + 1, java.length(), 10);
            String mantissa = e < 0 ? java : java.substring(0, e);
            int dot = mantissa.indexOf('.');
            String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
            int zeros = 0;
            while (digits.charAt(zeros) == '0') zeros++;
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') end--;
            Decimal shortest = new Decimal(digits.substring(zeros, end), dot - zeros + exponent);
            return shortest.digits.length() == 2 ? shortest.orOneDigit(value) : shortest;
        }

        private Decimal orOneDigit(double value) {
            int rounded = (Integer.parseInt(digits) + 5) / 10;
            Decimal one = rounded == 10 ? new Decimal("1", point + 1) : new Decimal(Integer.toString(rounded), point);
            return Double.parseDouble(one.scientific()) == value ? one : this;
        }

        String scientific() {
            int exponent = point - 1;
            return digits.charAt(0)
                    + (digits.length() > 1 ? "." + digits.substring(1) : "")
                    + (exponent < 0 ? "e-" : "e+")
                    + Math.abs(exponent);
        }

        String plain() {
            if (point <= 0) return "0." + "0".repeat(-point) + digits;
            if (point >= digits.length()) return digits + "0".repeat(point - digits.length());
            return digits.substring(0, point) + "." + digits.substring(point);
        }
    }
}
