package dev.jackstaff.formats;

import dev.jackstaff.engine.document.Rfc3339;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Writes definitions as text, each time in another of the ways there are to write the same.
final class FlagTexts {
    private final Syntax syntax;
    private final Random style;

    private FlagTexts(Syntax syntax, Random style) {
        this.syntax = syntax;
        this.style = style;
    }

    static String of(Syntax syntax, Collection<FlagDefinition> flags, Random style) {
        Map<Object, Object> file = new LinkedHashMap<>();
        for (FlagDefinition flag : flags) file.put(flag.key(), tree(flag));
        FlagTexts texts = new FlagTexts(syntax, style);
        return switch (syntax) {
            case YAML -> file.isEmpty() ? "" : texts.block(file, 0);
            case JSON -> texts.flow(file, ": ");
            case TOML -> file.entrySet()
                    .stream()
                    .map(flag -> quoted((String) flag.getKey()) + " = " + texts.flow(flag.getValue(), " = ") + "\n")
                    .collect(Collectors.joining());
        };
    }

    private static Object tree(FlagDefinition flag) {
        return fields(
                "variations", flag.variations(),
                "targeting", rules(flag.targeting()),
                "bucketingKey", flag.bucketingKey(),
                "defaultRule", rule(flag.defaultRule()),
                "experimentation", experimentation(flag.experimentation()),
                "scheduledRollout", steps(flag.scheduledRollout()),
                "trackEvents", flag.trackEvents(),
                "disable", flag.disable(),
                "version", flag.version(),
                "metadata", flag.metadata());
    }

    private static Object steps(List<ScheduledStep> steps) {
        if (steps == null) return null;
        List<Object> trees = new ArrayList<>();
        for (ScheduledStep step : steps)
            trees.add(fields(
                    "date", step.date(),
                    "variations", step.variations(),
                    "targeting", rules(step.targeting()),
                    "bucketingKey", step.bucketingKey(),
                    "defaultRule", rule(step.defaultRule()),
                    "experimentation", experimentation(step.experimentation()),
                    "scheduledRollout", steps(step.scheduledRollout()),
                    "trackEvents", step.trackEvents(),
                    "disable", step.disable(),
                    "version", step.version(),
                    "metadata", step.metadata()));
        return trees;
    }

    private static Object rules(List<RuleDefinition> rules) {
        return rules == null ? null : rules.stream().map(FlagTexts::rule).toList();
    }

    private static Object rule(RuleDefinition rule) {
        if (rule == null) return null;
        ProgressiveRollout rollout = rule.progressiveRollout();
        return fields(
                "name", rule.name(),
                "query", rule.query(),
                "variation", rule.variation(),
                "percentage", rule.percentage(),
                "progressiveRollout",
                rollout == null ? null : fields("initial", stage(rollout.initial()), "end", stage(rollout.end())),
                "disable", rule.disable());
    }

    private static Object stage(Stage stage) {
        return stage == null
                ? null
                : fields("variation", stage.variation(), "percentage", stage.percentage(), "date", stage.date());
    }

    private static Object experimentation(Experimentation running) {
        return running == null ? null : fields("start", running.start(), "end", running.end());
    }

    private static Map<Object, Object> fields(Object... namesAndValues) {
        Map<Object, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            if (namesAndValues[i + 1] != null) fields.put(namesAndValues[i], namesAndValues[i + 1]);
        return fields;
    }

    private String block(Object value, int indent) {
        if (value instanceof MixedKeyMap mixed) return block(mixed.entries(), indent);
        boolean inFlow = style.nextInt(5) == 0 && indent > 0;
        String margin = "  ".repeat(indent);
        if (value instanceof Map<?, ?> map && !map.isEmpty() && !inFlow) {
            StringBuilder out = new StringBuilder();
            map.forEach((key, member) -> out.append(margin).append(key(key)).append(":").append(below(member, indent)));
            return out.toString();
        }
        if (value instanceof List<?> list && !list.isEmpty() && !inFlow) {
            StringBuilder out = new StringBuilder();
            for (Object item : list) out.append(margin).append("-").append(below(item, indent));
            return out.toString();
        }
        return margin + flow(value, ": ") + "\n";
    }

    /// What stands behind a colon or a dash.
    private String below(Object value, int indent) {
        boolean nested = (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof List<?> list && !list.isEmpty())
                || value instanceof MixedKeyMap;
        if (nested) return (style.nextInt(4) == 0 ? "  # a comment" : "") + "\n" + block(value, indent + 1);
        if (value instanceof String text && text.matches("(?s)\\S.*\\S") && style.nextBoolean())
            return " |-\n" + text.lines()
                    .map(line -> line.isEmpty() ? "\n" : "  ".repeat(indent + 1) + line + "\n")
                    .collect(Collectors.joining());
        return " " + flow(value, ": ") + "\n";
    }

    private String flow(Object value, String colon) {
        if (value instanceof MixedKeyMap mixed) return flow(mixed.entries(), colon);
        if (value instanceof Map<?, ?> map)
            return map.entrySet()
                    .stream()
                    .map(member -> key(member.getKey()) + colon + flow(member.getValue(), colon))
                    .collect(Collectors.joining(", ", "{", "}"));
        if (value instanceof List<?> list)
            return list.stream().map(item -> flow(item, colon)).collect(Collectors.joining(", ", "[", "]"));
        if (value instanceof OffsetDateTime date) {
            String written = Rfc3339.format(date);
            return syntax == Syntax.JSON ? quoted(written) : written;
        }
        return value instanceof String text ? text(text) : String.valueOf(value);
    }

    private String key(Object key) {
        return key instanceof String text ? text(text) : String.valueOf(key);
    }

    private String text(String text) {
        boolean printable = text.codePoints().allMatch(c -> c >= ' ');
        if (syntax != Syntax.JSON && printable && !text.isEmpty() && style.nextInt(3) == 0) {
            if (syntax == Syntax.YAML) return "'" + text.replace("'", "''") + "'";
            if (!text.contains("'")) return "'" + text + "'";
        }
        if (syntax == Syntax.YAML && text.matches("[a-z]{3,}[0-9]+")) return text;
        return quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c == '\n') out.append("\\n");
            else if (c < ' ') out.append("\\u%04x".formatted((int) c));
            else
                out.append(c);
        }
        return out.append('"').toString();
    }
}
