package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a document into definitions: one pass, every problem collected.
///
/// A key that stands twice is refused by the YAML and TOML parsers. In JSON it is not, and what it means depends on what
/// has the key (`encoding/json`): a flag is replaced, a scalar field or an untyped value is replaced, the parts of a rule
/// or of a map with names are laid over those of the first. Hence the `start` that each map with fields is read onto.
final class FlagReader {
    private static final ScheduledStep NO_STEP =
            new ScheduledStep(null, null, null, null, null, null, null, null, null, null, null);
    private static final RuleDefinition NO_RULE = new RuleDefinition(null, null, null, null, null, null);
    private static final ProgressiveRollout NO_ROLLOUT = new ProgressiveRollout(null, null);
    private static final Stage NO_STAGE = new Stage(null, null, null);
    private static final Experimentation NO_EXPERIMENTATION = new Experimentation(null, null);

    private final Document document;
    private final Syntax syntax;
    private final Findings findings;
    private final Interned interned = new Interned();
    private final TypedScalars scalars;
    private final UntypedValues values = new UntypedValues(interned);
    private final Locations.Builder locations = new Locations.Builder();
    private final Map<String, FlagDefinition> flags = new LinkedHashMap<>();
    /// The flags whose last definition has an error.
    private final Set<String> unsound = new HashSet<>();

    FlagReader(Document document) {
        this.document = document;
        this.syntax = document.syntax();
        this.findings = new Findings(document.source());
        this.scalars = new TypedScalars(syntax, findings, interned);
    }

    Reading read() {
        try {
            document.forEachMember(this::flag);
        } catch (MalformedDocumentException malformed) {
            findings.end(malformed.problem());
            flags.clear();
        }
        findings.addAll(document.warnings());
        if (!findings.failed()) return new FlagFile(flags, findings.all());
        flags.keySet().removeAll(unsound);
        return new Reading.Unreadable(findings.all(), new FlagFile(flags, List.of()));
    }

    private void flag(Node.Scalar keyNode, Node node) {
        findings.flag(keyNode.source());
        String key = nameOf(keyNode, "");
        if (key == null) return;
        locations.begin(keyNode.location());
        int errors = findings.errors();
        // A flag and a step have the same fields but for the date, which is unknown here and therefore stays null.
        ScheduledStep fields = isNull(node) ? NO_STEP : step(node, "", NO_STEP, FieldNames.FLAG);
        FlagDefinition flag = new FlagDefinition(
                key,
                fields.variations(),
                fields.targeting(),
                fields.bucketingKey(),
                fields.defaultRule(),
                fields.experimentation(),
                fields.scheduledRollout(),
                fields.trackEvents(),
                fields.disable(),
                fields.version(),
                fields.metadata(),
                locations.build());
        if (findings.errors() > errors) unsound.add(key);
        else
            unsound.remove(key);
        if (flags.put(key, flag) != null)
            findings.warn("", keyNode.location(), "the flag is defined twice", "only this last definition counts");
    }

    private ScheduledStep step(Node node, String path, ScheduledStep start) {
        return step(node, path, start, FieldNames.STEP);
    }

    private ScheduledStep step(Node node, String path, ScheduledStep start, FieldNames names) {
        OffsetDateTime date = start.date();
        Map<String, @Nullable Object> variations = start.variations();
        List<RuleDefinition> targeting = start.targeting();
        RuleDefinition defaultRule = start.defaultRule();
        Experimentation experimentation = start.experimentation();
        Boolean trackEvents = start.trackEvents();
        Boolean disable = start.disable();
        String version = start.version();
        String bucketingKey = start.bucketingKey();
        Map<String, @Nullable Object> metadata = start.metadata();
        List<ScheduledStep> scheduledRollout = start.scheduledRollout();
        for (Field field : fields(node, path, names)) {
            Node value = field.value();
            String at = field.path();
            switch (field.name()) {
                case "date" -> date = scalars.date(value, at);
                case "variations" -> variations = anything(value, at, variations);
                case "targeting" -> targeting = list(value, at, targeting, NO_RULE, this::rule);
                case "defaultRule" -> defaultRule = optional(value, at, defaultRule, NO_RULE, this::rule);
                case "experimentation" ->
                        experimentation =
                                optional(value, at, experimentation, NO_EXPERIMENTATION, this::experimentation);
                case "trackEvents" -> trackEvents = scalars.bool(value, at);
                case "disable" -> disable = scalars.bool(value, at);
                case "version" -> version = scalars.string(value, at);
                case "bucketingKey" -> bucketingKey = scalars.string(value, at);
                case "metadata" -> metadata = anything(value, at, metadata);
                case "scheduledRollout" -> scheduledRollout = list(value, at, scheduledRollout, NO_STEP, this::step);
                case "converter" -> scalars.string(value, at);
                default -> throw new AssertionError(field.name());
            }
        }
        return new ScheduledStep(
                date,
                variations,
                targeting,
                defaultRule,
                experimentation,
                trackEvents,
                disable,
                version,
                bucketingKey,
                metadata,
                scheduledRollout);
    }

    private RuleDefinition rule(Node node, String path, RuleDefinition start) {
        String name = start.name();
        String query = start.query();
        String variation = start.variation();
        Map<String, Double> percentage = start.percentage();
        ProgressiveRollout progressiveRollout = start.progressiveRollout();
        Boolean disable = start.disable();
        for (Field field : fields(node, path, FieldNames.RULE)) {
            Node value = field.value();
            String at = field.path();
            switch (field.name()) {
                case "name" -> name = scalars.string(value, at);
                case "query" -> query = scalars.string(value, at);
                case "variation" -> variation = scalars.string(value, at);
                case "percentage" -> percentage = percentages(value, at, percentage);
                case "progressiveRollout" ->
                        progressiveRollout =
                                optional(value, at, progressiveRollout, NO_ROLLOUT, this::progressiveRollout);
                case "disable" -> disable = scalars.bool(value, at);
                default -> throw new AssertionError(field.name());
            }
        }
        return new RuleDefinition(name, query, variation, percentage, progressiveRollout, disable);
    }

    private ProgressiveRollout progressiveRollout(Node node, String path, ProgressiveRollout start) {
        Stage initial = start.initial();
        Stage end = start.end();
        for (Field field : fields(node, path, FieldNames.PROGRESSIVE_ROLLOUT)) {
            switch (field.name()) {
                case "initial" -> initial = optional(field.value(), field.path(), initial, NO_STAGE, this::stage);
                case "end" -> end = optional(field.value(), field.path(), end, NO_STAGE, this::stage);
                default -> throw new AssertionError(field.name());
            }
        }
        return new ProgressiveRollout(initial, end);
    }

    private Stage stage(Node node, String path, Stage start) {
        String variation = start.variation();
        Double percentage = start.percentage();
        OffsetDateTime date = start.date();
        for (Field field : fields(node, path, FieldNames.STAGE)) {
            switch (field.name()) {
                case "variation" -> variation = scalars.string(field.value(), field.path());
                case "percentage" -> percentage = scalars.number(field.value(), field.path());
                case "date" -> date = scalars.date(field.value(), field.path());
                default -> throw new AssertionError(field.name());
            }
        }
        return new Stage(variation, percentage, date);
    }

    private Experimentation experimentation(Node node, String path, Experimentation start) {
        OffsetDateTime from = start.start();
        OffsetDateTime to = start.end();
        for (Field field : fields(node, path, FieldNames.EXPERIMENTATION)) {
            switch (field.name()) {
                case "start" -> from = scalars.date(field.value(), field.path());
                case "end" -> to = scalars.date(field.value(), field.path());
                default -> throw new AssertionError(field.name());
            }
        }
        return new Experimentation(from, to);
    }

    /// One member of a map with fields that sets one of them.
    private record Field(String name, Node value, String path) {}

    private List<Field> fields(Node node, String path, FieldNames names) {
        if (!(node instanceof Node.Mapping mapping)) {
            findings.wrongType(path, node, "a map", noMap(node, names));
            return List.of();
        }
        List<Field> fields = new ArrayList<>(mapping.members().size());
        Set<String> seen = new HashSet<>();
        for (Node.Member member : mapping.members()) {
            String written = nameOf(member.key(), path);
            if (written == null) continue;
            String name = names.find(member.key(), syntax);
            if (name == null) {
                warnOfUnknown(path(path, written), member.key(), names);
                continue;
            }
            Field field = new Field(name, member.value(), path(path, name));
            if (!seen.add(name))
                findings.warn(field.path(), member.key().location(), "the field is set twice", "keep one of the two");
            fields.add(field);
            locate(field, member.key());
        }
        return fields;
    }

    private @Nullable String noMap(Node node, FieldNames names) {
        if (syntax == Syntax.YAML && node instanceof Node.Scalar scalar
                && scalar.source().matches("(?s)\\w+:[^/\\s].*"))
            return "write \"key: value\", with a space after the colon";
        return names == FieldNames.FLAG ? "a flag has variations and a defaultRule" : null;
    }

    private void warnOfUnknown(String path, Node.Scalar key, FieldNames names) {
        String meant = findings.listsWarnings() ? names.suggestionFor(key.source()) : null;
        findings.warn(
                path,
                key.location(),
                "unknown field " + Findings.quote(key.source()) + " is ignored",
                meant == null ? null : "did you mean \"" + meant + "\"?");
    }

    private void locate(Field field, Node.Scalar key) {
        if (!(field.value() instanceof Node.Scalar scalar)) locations.add(field.path(), key.location());
        else if (field.name().equals("query")) locations.addText(field.path(), scalar);
        else
            locations.add(field.path(), scalar.location());
    }

    /// Reads a map with fields onto `start`.
    private interface MapReader<T> {
        T read(Node node, String path, T start);
    }

    private <T> @Nullable T optional(Node node, String path, @Nullable T start, T nothing, MapReader<T> reader) {
        return isNull(node) ? null : reader.read(node, path, start == null ? nothing : start);
    }

    /// Null items are passed over in YAML and are empty maps in JSON, as their decoders have it.
    private <T> @Nullable List<T> list(
            Node node, String path, @Nullable List<T> start, T nothing, MapReader<T> reader) {
        if (isNull(node)) return null;
        if (!(node instanceof Node.Sequence sequence)) {
            findings.wrongType(path, node, "a list",
                    syntax == Syntax.YAML ? "begin each item with \"- \"" : "put the items in [ ]");
            return start;
        }
        List<T> items = new ArrayList<>(sequence.items().size());
        for (Node item : sequence.items()) {
            int index = items.size();
            String at = path(path, Integer.toString(index));
            T before = start != null && index < start.size() ? start.get(index) : nothing;
            if (isNull(item)) {
                if (syntax == Syntax.YAML) findings.warn(at, item.location(), "an empty list item is ignored", null);
                else
                    items.add(before);
                continue;
            }
            locations.add(at, item.location());
            items.add(reader.read(item, at, before));
        }
        return items;
    }

    private @Nullable Map<String, Double> percentages(Node node, String path, @Nullable Map<String, Double> start) {
        return named(node, path, start, (value, at) -> {
            Double number = scalars.number(value, at);
            return number == null ? Double.valueOf(0) : number;
        });
    }

    private @Nullable Map<String, @Nullable Object> anything(
            Node node, String path, @Nullable Map<String, @Nullable Object> start) {
        return named(node, path, start, (value, at) -> values.of(value));
    }

    private interface ValueReader<V> {
        @Nullable
        V read(Node node, String path);
    }

    /// A map from names to values, read onto `start`.
    private <V> @Nullable Map<String, @Nullable V> named(
            Node node, String path, @Nullable Map<String, @Nullable V> start, ValueReader<V> reader) {
        if (isNull(node)) return null;
        if (!(node instanceof Node.Mapping mapping)) {
            findings.wrongType(path, node, "a map from names to values", null);
            return start;
        }
        Map<String, @Nullable V> map = new LinkedHashMap<>();
        if (start != null) map.putAll(start);
        for (Node.Member member : mapping.members()) {
            String name = nameOf(member.key(), path);
            if (name == null) continue;
            String at = path(path, name);
            if (map.containsKey(name))
                findings.warn(at, member.key().location(), "the name is defined twice", "only this last one counts");
            locations.add(at, member.key().location());
            map.put(name, reader.read(member.value(), at));
        }
        return map;
    }

    /// The name a key stands for, or null when it is passed over: a YAML key that is null.
    private @Nullable String nameOf(Node.Scalar key, String path) {
        if (key.value() != null) return interned.text(key.value() instanceof String text ? text : key.source());
        findings.warn(path, key.location(), "a member whose key is null is ignored", "put the key in quotes");
        return null;
    }

    private String path(String parent, String name) {
        return interned.text(parent.isEmpty() ? name : parent + "." + name);
    }

    private static boolean isNull(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() == null;
    }
}
