package dev.jackstaff.exporters.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The functions of Go's `text/template` that are there.
enum Function {
    /// Whether the first is equal to one of the others.
    EQ(2, Integer.MAX_VALUE) {
        @Override
        Object apply(List<@Nullable Object> arguments) {
            return arguments.stream().skip(1).anyMatch(other -> GoText.isEqual(arguments.get(0), other));
        }
    },
    NE(2, 2) {
        @Override
        Object apply(List<@Nullable Object> arguments) {
            return !GoText.isEqual(arguments.get(0), arguments.get(1));
        }
    },
    /// The first that is false, or the last.
    AND(1, Integer.MAX_VALUE) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> arguments) {
            for (Object argument : arguments) if (!GoText.isTrue(argument)) return argument;
            return arguments.get(arguments.size() - 1);
        }
    },
    /// The first that is true, or the last.
    OR(1, Integer.MAX_VALUE) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> arguments) {
            for (Object argument : arguments) if (GoText.isTrue(argument)) return argument;
            return arguments.get(arguments.size() - 1);
        }
    },
    NOT(1, 1) {
        @Override
        Object apply(List<@Nullable Object> arguments) {
            return !GoText.isTrue(arguments.get(0));
        }
    },
    LEN(1, 1) {
        @Override
        Object apply(List<@Nullable Object> arguments) {
            return GoText.length(arguments.get(0));
        }
    },
    /// What is at a key of a map or a place of a list, and so on; null where there is nothing.
    INDEX(2, Integer.MAX_VALUE) {
        @Override
        @Nullable
        Object apply(List<@Nullable Object> arguments) {
            Object at = arguments.get(0);
            for (Object key : arguments.subList(1, arguments.size())) at = step(at, key);
            return at;
        }

        private @Nullable Object step(@Nullable Object from, @Nullable Object key) {
            if (from instanceof Map<?, ?> map) return map.get(key);
            if (from instanceof List<?> list && key instanceof Long place)
                return place >= 0 && place < list.size() ? list.get(place.intValue()) : null;
            return null;
        }
    },
    /// A format, and a value for each verb in it.
    PRINTF(1, Integer.MAX_VALUE) {
        @Override
        Object apply(List<@Nullable Object> arguments) {
            Matcher verbs = VERB.matcher(String.valueOf(arguments.get(0)));
            StringBuilder text = new StringBuilder();
            int next = 1;
            while (verbs.find()) {
                String printed = verbs.group().equals("%%") ? "%" : printed(verbs, arguments.get(next++));
                verbs.appendReplacement(text, Matcher.quoteReplacement(printed));
            }
            return verbs.appendTail(text).toString();
        }

        private String printed(Matcher verb, @Nullable Object value) {
            String precision = verb.group("precision");
            int digits = precision == null ? 6 : Integer.parseInt(precision);
            String text = switch (verb.group("verb")) {
                case "q" -> GoText.quoted(GoText.of(value));
                case "f" -> value instanceof Number number ? GoText.fixed(number.doubleValue(), digits) : GoText.of(value);
                default -> GoText.of(value);
            };
            int missing = (verb.group("width").isEmpty() ? 0 : Integer.parseInt(verb.group("width")))
                    - text.codePointCount(0, text.length());
            if (missing <= 0) return text;
            return verb.group("left").isEmpty() ? " ".repeat(missing) + text : text + " ".repeat(missing);
        }
    };

    /// `%v`, `%s`, `%d`, `%t`, `%q`, `%f`, with a width and, for `%f`, digits behind the point.
    static final Pattern VERB =
            Pattern.compile("%%|%(?<left>-?)(?<width>[1-9]?[0-9]?)(?:\\.(?<precision>[0-9]{1,2}))?(?<verb>[vsdtqf])");

    final int least;
    final int most;

    Function(int least, int most) {
        this.least = least;
        this.most = most;
    }

    abstract @Nullable Object apply(List<@Nullable Object> arguments);

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Function named(String word) {
        for (Function function : values()) if (function.word().equals(word)) return function;
        return null;
    }

    /// How many values a format takes; -1 when it has a verb that is not there.
    static int verbs(String format) {
        Matcher verbs = VERB.matcher(format);
        StringBuilder rest = new StringBuilder();
        int count = 0;
        while (verbs.find()) {
            if (!verbs.group().equals("%%")) count++;
            verbs.appendReplacement(rest, "");
        }
        return verbs.appendTail(rest).indexOf("%") >= 0 ? -1 : count;
    }
}
