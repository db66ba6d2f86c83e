package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One map of a configuration file, read key by key. Keys are found in any letter case; a text converts to a number or a
/// boolean, as environment variables would need (the original's loader does the same).
///
/// Reading notes problems and returns the default, so that one run finds them all. Not thread-safe.
final class Section {
    private final String path;
    private final String owner;
    private final Location location;
    private final Map<String, Node.Member> members = new LinkedHashMap<>();
    private final Findings findings;

    /// @param owner begins every message about a mistake; empty at the top
    Section(String path, String owner, Node.Mapping mapping, Findings findings) {
        this.path = path;
        this.owner = owner;
        this.location = mapping.location();
        this.findings = findings;
        for (Node.Member member : mapping.members())
            members.put(member.key().source().toLowerCase(Locale.ROOT), member);
    }

    /// The members as they stand in the file, but for those that are null.
    List<Node.Member> members() {
        return members.values().stream().filter(member -> !isNull(member.value())).toList();
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// The node at `key`, null when it is absent or null.
    @Nullable
    Node node(String key) {
        Node.Member member = members.get(key.toLowerCase(Locale.ROOT));
        return member == null || isNull(member.value()) ? null : member.value();
    }

    boolean has(String key) {
        return node(key) != null;
    }

    /// The map at `key`; an empty one when it is absent or none.
    Section section(String key) {
        Node node = node(key);
        if (node instanceof Node.Mapping mapping) return new Section(path(key), owner, mapping, findings);
        if (node != null) error(key, node, "must be a map, not " + node.kind(), null);
        return new Section(path(key), owner, new Node.Mapping(List.of(), location), findings);
    }

    /// The item of a list of maps.
    Section item(String key, int index, String owner, Node.Mapping mapping) {
        return new Section(path(key) + "." + index, owner, mapping, findings);
    }

    /// Empty by default where `byDefault` is, and then not worth telling.
    String text(String key, String byDefault) {
        String text = textAt(key, byDefault);
        if (!text.isEmpty()) tell(key, text);
        return text;
    }

    boolean bool(String key, boolean byDefault) {
        boolean bool = boolAt(key, byDefault);
        tell(key, String.valueOf(bool));
        return bool;
    }

    long wholeNumber(String key, long byDefault) {
        long number = numberAt(key, byDefault);
        tell(key, String.valueOf(number));
        return number;
    }

    double number(String key, double byDefault) {
        double number = decimalAt(key, byDefault);
        tell(key, String.valueOf(number));
        return number;
    }

    /// Notes the texts that are in force at `key`, unless there are none.
    List<String> told(String key, List<String> texts) {
        if (!texts.isEmpty()) tell(key, String.join(", ", texts));
        return texts;
    }

    private void tell(String key, String value) {
        Node node = node(key);
        findings.add(new EffectiveSetting(path(key), value, node == null ? null : node.location()));
    }

    private String textAt(String key, String byDefault) {
        Node node = node(key);
        if (node == null) return byDefault;
        if (node instanceof Node.Scalar scalar) return scalar.source();
        error(key, node, "must be a text, not " + node.kind(), null);
        return byDefault;
    }

    private boolean boolAt(String key, boolean byDefault) {
        Node node = node(key);
        if (node == null) return byDefault;
        Object value = node instanceof Node.Scalar scalar ? scalar.value() : null;
        if (value instanceof Boolean bool) return bool;
        if (value instanceof Long number) return number != 0;
        if (value instanceof String text) {
            switch (text) {
                case "1", "t", "T", "true", "TRUE", "True" -> {
                    return true;
                }
                case "0", "f", "F", "false", "FALSE", "False", "" -> {
                    return false;
                }
                default -> {
                }
            }
        }
        error(key, node, "'" + path(key) + "' cannot parse value as 'bool'", "true or false");
        return byDefault;
    }

    private long numberAt(String key, long byDefault) {
        Node node = node(key);
        if (node == null) return byDefault;
        Object value = node instanceof Node.Scalar scalar ? scalar.value() : null;
        if (value instanceof Long number) return number;
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15)
            return number.longValue();
        if (value instanceof String text) {
            try {
                return Long.parseLong(text.strip());
            } catch (NumberFormatException e) {
                // told below
            }
        }
        error(key, node, "'" + path(key) + "' cannot parse value as 'int'", "a whole number");
        return byDefault;
    }

    private double decimalAt(String key, double byDefault) {
        Node node = node(key);
        if (node == null) return byDefault;
        Object value = node instanceof Node.Scalar scalar ? scalar.value() : null;
        if (value instanceof Number number) return number.doubleValue();
        if (value instanceof String text) {
            try {
                return Double.parseDouble(text.strip());
            } catch (NumberFormatException e) {
                // told below
            }
        }
        error(key, node, "'" + path(key) + "' cannot parse value as 'float64'", "a number");
        return byDefault;
    }

    /// The texts in the list at `key`; a single text is split at its commas. Space around a text is dropped.
    List<Node.Scalar> texts(String key) {
        Node node = node(key);
        if (node == null) return List.of();
        List<Node.Scalar> texts = new ArrayList<>();
        if (node instanceof Node.Scalar scalar) {
            for (String text : scalar.source().split(",", -1)) texts.add(stripped(text, scalar));
        } else if (node instanceof Node.Sequence list) {
            for (Node item : list.items()) {
                if (item instanceof Node.Scalar scalar) texts.add(stripped(scalar.source(), scalar));
                else
                    error(key, item, "must be a list of texts, but one item is " + item.kind(), null);
            }
        } else {
            error(key, node, "must be a list of texts, not " + node.kind(), null);
        }
        return texts;
    }

    private static Node.Scalar stripped(String text, Node.Scalar from) {
        String stripped = from.value() == null ? "" : text.strip();
        return new Node.Scalar(stripped, stripped, from.location());
    }

    /// The maps in the list at `key`; a single map counts as a list of one.
    List<Node.Mapping> maps(String key) {
        Node node = node(key);
        if (node == null) return List.of();
        if (node instanceof Node.Mapping mapping) return List.of(mapping);
        List<Node.Mapping> maps = new ArrayList<>();
        if (node instanceof Node.Sequence list) {
            for (Node item : list.items()) {
                if (item instanceof Node.Mapping mapping) maps.add(mapping);
                else
                    error(key, item, "must be a list of maps, but one item is " + item.kind(), null);
            }
        } else {
            error(key, node, "must be a list of maps, not " + node.kind(), null);
        }
        return maps;
    }

    void error(String key, @Nullable Node node, String message, @Nullable String hint) {
        note(Severity.ERROR, key, node, owner + message, hint);
    }

    void warning(String key, @Nullable Node node, String message, @Nullable String hint) {
        note(Severity.WARNING, key, node, message, hint);
    }

    private void note(Severity severity, String key, @Nullable Node node, String message, @Nullable String hint) {
        Location at = node == null ? location : node.location();
        findings.add(new Problem(severity, null, key.isEmpty() ? path : path(key), at, message, hint));
    }

    private static boolean isNull(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() == null;
    }
}
