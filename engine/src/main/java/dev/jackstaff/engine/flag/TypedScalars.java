package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Rfc3339;
import dev.jackstaff.engine.document.Syntax;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scalars of fields that have a type. What a field takes depends on the syntax: YAML takes any scalar as a string, by the
/// text it was written as, and words such as `yes` as booleans; JSON and TOML take only the type itself
/// (`gopkg.in/yaml.v3`, `encoding/json`, `BurntSushi/toml`).
///
/// Each method gives null for null, which is as if the field were absent, and for a value of another type, which is an
/// error among the findings.
final class TypedScalars {
    private static final Map<String, Boolean> YAML_WORDS = Map.ofEntries(
            Map.entry("y", true),
            Map.entry("Y", true),
            Map.entry("yes", true),
            Map.entry("Yes", true),
            Map.entry("YES", true),
            Map.entry("on", true),
            Map.entry("On", true),
            Map.entry("ON", true),
            Map.entry("n", false),
            Map.entry("N", false),
            Map.entry("no", false),
            Map.entry("No", false),
            Map.entry("NO", false),
            Map.entry("off", false),
            Map.entry("Off", false),
            Map.entry("OFF", false));

    private final Syntax syntax;
    private final Findings findings;
    private final Interned interned;

    TypedScalars(Syntax syntax, Findings findings, Interned interned) {
        this.syntax = syntax;
        this.findings = findings;
        this.interned = interned;
    }

    @Nullable
    String string(Node node, String path) {
        String hint = null;
        if (node instanceof Node.Scalar scalar) {
            if (scalar.value() == null) return null;
            if (scalar.value() instanceof String text) return interned.text(text);
            if (syntax == Syntax.YAML) return interned.text(scalar.source());
            hint = scalar.value() instanceof OffsetDateTime
                    ? "write it in quotes"
                    : "write \"" + scalar.source() + "\"";
        }
        findings.wrongType(path, node, "a string", hint);
        return null;
    }

    @Nullable
    Boolean bool(Node node, String path) {
        String hint = "write true or false";
        if (node instanceof Node.Scalar scalar) {
            if (scalar.value() == null) return null;
            if (scalar.value() instanceof Boolean bool) return bool;
            if (scalar.value() instanceof String text) {
                Boolean word = syntax == Syntax.YAML ? YAML_WORDS.get(text) : null;
                if (word != null) return word;
                if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))
                    hint = "write " + text.toLowerCase(Locale.ROOT) + " without quotes";
            }
        }
        findings.wrongType(path, node, "a boolean", hint);
        return null;
    }

    @Nullable
    Double number(Node node, String path) {
        String hint = null;
        if (node instanceof Node.Scalar scalar) {
            if (scalar.value() == null) return null;
            if (scalar.value() instanceof Number number) return interned.object(number.doubleValue());
            if (scalar.value() instanceof String text && text.matches("\\s*-?[0-9]+([.][0-9]+)?\\s*%?\\s*"))
                hint = "write " + text.replace("%", "").strip() + " without quotes or percent sign";
        }
        findings.wrongType(path, node, "a number", hint);
        return null;
    }

    @Nullable
    OffsetDateTime date(Node node, String path) {
        if (node instanceof Node.Scalar scalar) {
            if (scalar.value() == null) return null;
            if (scalar.value() instanceof OffsetDateTime date) return date;
            if (scalar.value() instanceof String text) {
                OffsetDateTime date = Rfc3339.parse(text);
                if (date != null) return date;
            }
        }
        findings.wrongType(path, node, "a date", "write it with time and zone, such as 2024-01-31T10:00:00Z");
        return null;
    }
}
