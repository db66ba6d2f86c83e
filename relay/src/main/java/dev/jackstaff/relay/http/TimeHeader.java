package dev.jackstaff.relay.http;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The forms in which gateways say how much time a request has, or since when it waits. Values that are too large for a long
/// are the largest one: they shorten nothing.
enum TimeHeader {
    /// `5S`, `100m`: at most eight digits and a unit (gRPC over HTTP/2, Timeout).
    GRPC {
        @Override
        long read(String value) {
            int digits = value.length() - 1;
            if (digits < 1 || digits > 8) return MALFORMED;
            TimeUnit unit = switch (value.charAt(digits)) {
                case 'H' -> HOURS;
                case 'M' -> MINUTES;
                case 'S' -> SECONDS;
                case 'm' -> MILLISECONDS;
                case 'u' -> MICROSECONDS;
                case 'n' -> NANOSECONDS;
                default -> null;
            };
            return unit == null ? MALFORMED : nanos(value.substring(0, digits), unit, 0);
        }
    },
    /// Whole milliseconds above 0 (Envoy, and headers of one's own).
    MILLIS {
        @Override
        long read(String value) {
            return nanos(value, MILLISECONDS, 1);
        }
    },
    /// Whole milliseconds of at most ten digits (Connect, Timeout).
    CONNECT {
        @Override
        long read(String value) {
            return value.length() > 10 ? MALFORMED : nanos(value, MILLISECONDS, 0);
        }
    },
    /// `wait=10` among other preferences: whole seconds above 0 (RFC 7240, 4.3).
    PREFER {
        @Override
        long read(String value) {
            long least = ABSENT;
            for (String preference : preferences(value)) {
                int equals = preference.indexOf('=');
                String name = equals < 0 ? preference : preference.substring(0, equals);
                if (!name.strip().equalsIgnoreCase("wait")) continue;
                String word = equals < 0 ? "" : preference.substring(equals + 1).strip();
                boolean quoted = word.length() > 1 && word.startsWith("\"") && word.endsWith("\"");
                long nanos = nanos(quoted ? word.substring(1, word.length() - 1) : word, SECONDS, 1);
                if (least < 0 || (nanos >= 0 && nanos < least)) least = nanos;
            }
            return least;
        }
    },
    /// `t=1700000000.123`, `1700000000123`, `1700000000123456`: since 1970, in seconds, milliseconds or microseconds, which
    /// are told apart by their size.
    TIME_STAMP {
        @Override
        long read(String value) {
            String text = value.startsWith("t=") ? value.substring(2) : value;
            int dot = text.indexOf('.');
            String whole = dot < 0 ? text : text.substring(0, dot), fraction = dot < 0 ? "" : text.substring(dot + 1);
            if (!isNumber(whole, 17) || (dot >= 0 && !isNumber(fraction, 9))) return MALFORMED;
            long number = Long.parseLong(whole);
            if (number < LARGEST_SECOND)
                return SECONDS.toNanos(Math.min(number, LAST_SECOND)) + Long.parseLong((fraction + "000000000").substring(0, 9));
            if (dot >= 0) return MALFORMED;
            return number < LARGEST_SECOND * 1_000 ? MILLISECONDS.toNanos(number) : MICROSECONDS.toNanos(number);
        }
    };

    /// Instead of nanoseconds.
    static final long MALFORMED = -1, ABSENT = -2;

    /// In 2255: its nanoseconds still fit.
    private static final long LAST_SECOND = 9_000_000_000L;

    /// In the year 5138.
    private static final long LARGEST_SECOND = 100_000_000_000L;

    private static final int MOST_DIGITS = 18;

    /// Nanoseconds; [#MALFORMED], or [#ABSENT] where nothing is said about time.
    abstract long read(String value);

    private static long nanos(String digits, TimeUnit unit, long least) {
        if (!isNumber(digits, MOST_DIGITS)) return MALFORMED;
        long number = Long.parseLong(digits);
        return number < least ? MALFORMED : unit.toNanos(number);
    }

    private static boolean isNumber(String text, int most) {
        if (text.isEmpty() || text.length() > most) return false;
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return true;
    }

    /// What stands between the commas, without parameters.
    private static List<String> preferences(String value) {
        List<String> preferences = new ArrayList<>();
        int from = 0, end = -1;
        boolean quoted = false;
        for (int i = 0; i <= value.length(); i++) {
            char c = i == value.length() ? ',' : value.charAt(i);
            if (c == '"') quoted = !quoted;
            else if (c == '\\' && quoted)
                i++;
            else if (c == ';' && !quoted && end < 0)
                end = i;
            else if (c == ',' && (!quoted || i == value.length())) {
                preferences.add(value.substring(from, end < 0 ? i : end));
                from = i + 1;
                end = -1;
            }
        }
        return preferences;
    }
}
