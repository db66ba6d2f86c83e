package dev.jackstaff.engine.document;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Dates as flag files and contexts write them: RFC 3339 in the form that Go's `time.Parse` accepts, which is a little
/// wider and a little narrower than the standard.
public final class Rfc3339 {
    private static final int HOURS_A_ZONE_CAN_HAVE = 18;

    private Rfc3339() {}

    /// The date `text` stands for, or null when it is none.
    ///
    /// Upper-case `T` and `Z`, seconds required, a fraction after `.` or `,` whose digits past the ninth are dropped, an
    /// hour of one digit, offsets to ±24:00. No `24:00`, no leap second. Cost: one pass over the text.
    public static @Nullable OffsetDateTime parse(String text) {
        Scanner in = new Scanner(text);
        int year = in.digits(4, 4), month = in.after('-', 2, 2), day = in.after('-', 2, 2);
        int hour = in.after('T', 1, 2), minute = in.after(':', 2, 2), second = in.after(':', 2, 2);
        int nano = in.fraction();
        int offset = in.offsetSeconds();
        if (in.failed || !in.atEnd()) return null;
        try {
            LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, second, nano);
            if (Math.abs(offset) > HOURS_A_ZONE_CAN_HAVE * 3600)
                return local.minusSeconds(offset).atOffset(ZoneOffset.UTC);
            return local.atOffset(ZoneOffset.ofTotalSeconds(offset));
        } catch (DateTimeException noSuchDate) {
            return null;
        }
    }

    /// The shortest text for `date`: no fraction where it is zero, no trailing zeros, `Z` for UTC.
    public static String format(OffsetDateTime date) {
        StringBuilder out = new StringBuilder(35);
        pad(out, date.getYear(), 4).append('-');
        pad(out, date.getMonthValue(), 2).append('-');
        pad(out, date.getDayOfMonth(), 2).append('T');
        pad(out, date.getHour(), 2).append(':');
        pad(out, date.getMinute(), 2).append(':');
        pad(out, date.getSecond(), 2);
        if (date.getNano() != 0) {
            pad(out.append('.'), date.getNano(), 9);
            int end = out.length();
            while (out.charAt(end - 1) == '0') end--;
            out.setLength(end);
        }
        int minutes = date.getOffset().getTotalSeconds() / 60;
        if (minutes == 0) return out.append('Z').toString();
        out.append(minutes < 0 ? '-' : '+');
        pad(out, Math.abs(minutes) / 60, 2).append(':');
        return pad(out, Math.abs(minutes) % 60, 2).toString();
    }

    private static StringBuilder pad(StringBuilder out, int number, int width) {
        String digits = Integer.toString(number);
        for (int i = digits.length(); i < width; i++) out.append('0');
        return out.append(digits);
    }

    /// Reads forward; once something does not fit, everything after it reads as 0 and `failed` stays true.
    private static final class Scanner {
        private final String text;
        private int at;
        private boolean failed;

        Scanner(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at == text.length();
        }

        int after(char separator, int atLeast, int atMost) {
            if (!take(separator)) failed = true;
            return digits(atLeast, atMost);
        }

        int digits(int atLeast, int atMost) {
            int number = 0, count = 0;
            while (count < atMost && isDigit()) {
                number = number * 10 + text.charAt(at++) - '0';
                count++;
            }
            if (count < atLeast) failed = true;
            return number;
        }

        int fraction() {
            if (!take('.') && !take(',')) return 0;
            int nano = 0, count = 0;
            for (; isDigit(); at++, count++) if (count < 9) nano = nano * 10 + text.charAt(at) - '0';
            if (count == 0) failed = true;
            for (; count < 9; count++) nano *= 10;
            return nano;
        }

        int offsetSeconds() {
            if (take('Z')) return 0;
            int sign = take('-') ? -1 : 1;
            if (sign > 0 && !take('+')) failed = true;
            int hours = digits(2, 2), minutes = after(':', 2, 2);
            if (hours > 24 || minutes > 60) failed = true;
            return sign * (hours * 3600 + minutes * 60);
        }

        private boolean take(char c) {
            if (at >= text.length() || text.charAt(at) != c) return false;
            at++;
            return true;
        }

        private boolean isDigit() {
            return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
        }
    }
}
