package dev.jackstaff.formats;

import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.document.TextLayout;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// YAML: the events of SnakeYAML Engine put together to nodes, with the rules of `gopkg.in/yaml.v3` for kinds, duplicate
/// keys, anchors and merge keys.
///
/// Aliases share the node they stand for; what is counted is what a reader would see who follows them all.
final class YamlDocument implements Document {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE) // the size of the text is checked before
            .setBufferSize(8192)
            .build();

    private final byte[] text;
    private final Refusals refusals;
    private final List<Problem> warnings = new ArrayList<>();

    YamlDocument(byte[] text, Refusals refusals) {
        this.text = text;
        this.refusals = refusals;
    }

    @Override
    public Syntax syntax() {
        return Syntax.YAML;
    }

    @Override
    public String source() {
        return refusals.source();
    }

    @Override
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void forEachMember(MemberConsumer consumer) throws MalformedDocumentException {
        refusals.checkSize(text);
        Utf8 utf8 = new Utf8(inUtf8(text));
        int invalid = utf8.firstInvalid();
        if (invalid >= 0) {
            utf8.goTo(invalid);
            throw refusals.notUtf8(refusals.at(utf8.line(), utf8.column()));
        }
        var in = new ByteArrayInputStream(utf8.bytes(), utf8.start(), utf8.bytes().length - utf8.start());
        StreamReader reader = new StreamReader(SETTINGS, new InputStreamReader(in, StandardCharsets.UTF_8));
        try {
            new Walk(utf8, reader, consumer).document();
        } catch (YamlEngineException e) {
            throw YamlComplaint.of(e, utf8, reader, refusals);
        }
    }

    /// The text in UTF-8. UTF-16 is known by its byte order mark.
    private static byte[] inUtf8(byte[] text) {
        if (text.length < 2) return text;
        int mark = ((text[0] & 0xFF) << 8) | (text[1] & 0xFF);
        Charset charset =
                mark == 0xFEFF ? StandardCharsets.UTF_16BE : mark == 0xFFFE ? StandardCharsets.UTF_16LE : null;
        return charset == null ? text : new String(text, charset).getBytes(StandardCharsets.UTF_8);
    }

    /// One pass over the events.
    private final class Walk {
        private final Utf8 utf8;
        private final MemberConsumer consumer;
        private final Parser events;
        private final Map<Anchor, Anchored> anchors = new HashMap<>();
        private long nodes;
        private long aliased;
        private long kept;
        private int deepest;

        Walk(Utf8 utf8, StreamReader reader, MemberConsumer consumer) {
            this.utf8 = utf8;
            this.consumer = consumer;
            events = new ParserImpl(SETTINGS, reader);
        }

        void document() throws MalformedDocumentException {
            events.next();
            if (events.checkEvent(Event.ID.StreamEnd)) return;
            events.next();
            Event first = events.next();
            if (first instanceof MappingStartEvent) {
                members(1, consumer);
            } else {
                Node node = node(first, 1);
                if (!(node instanceof Node.Scalar scalar) || scalar.value() != null)
                    throw refusals.notAMap(node.location(), node.kind());
            }
            events.next();
            warnOfMoreDocuments();
        }

        private void warnOfMoreDocuments() {
            Event next;
            try {
                next = events.next();
            } catch (YamlEngineException brokenButIgnored) {
                return;
            }
            if (next.getEventId() == Event.ID.DocumentStart)
                warnings.add(new Problem(
                        Severity.WARNING,
                        null,
                        "",
                        location(next),
                        "only the first document of the file is read",
                        "remove the line \"---\", or put the second document into a file of its own"));
        }

        private Node node(Event event, int depth) throws MalformedDocumentException {
            if (event instanceof AliasEvent alias) return alias(alias, depth);
            nodes++;
            refusals.checkNodes(nodes, location(event));
            deepest = Math.max(deepest, depth);
            Anchor anchor = ((NodeEvent) event).getAnchor().orElse(null);
            if (anchor == null) return unanchored(event, depth);
            return anchored(anchor, event, depth);
        }

        private Node unanchored(Event event, int depth) throws MalformedDocumentException {
            if (event instanceof ScalarEvent scalar) return scalar(scalar);
            refusals.checkDepth(depth, location(event));
            if (event instanceof SequenceStartEvent) {
                List<Node> items = new ArrayList<>();
                for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next())
                    items.add(node(next, depth + 1));
                return new Node.Sequence(items, location(event));
            }
            List<Node.Member> members = new ArrayList<>();
            members(depth, (key, value) -> members.add(new Node.Member(key, value)));
            return new Node.Mapping(members, location(event));
        }

        /// The members of the map that has just begun, those of merge keys last.
        private void members(int depth, MemberConsumer consumer) throws MalformedDocumentException {
            MemberKeys keys = new MemberKeys();
            Node merged = null;
            for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
                if (depth == 1) nodes = 0;
                Location at = location(next);
                boolean merge = next instanceof ScalarEvent scalar && isMergeKey(scalar);
                if (!(node(next, depth + 1) instanceof Node.Scalar key))
                    throw refusals.malformed(at, "a key must be a scalar, not a list or a map", null);
                int before = keys.add(key.source(), at.line());
                if (before > 0)
                    throw refusals.malformed(
                            at,
                            "mapping key \"" + key.source() + "\" already defined at line " + before,
                            "rename or remove one of them");
                Node value = node(events.next(), depth + 1);
                if (merge) merged = value;
                else
                    consumer.member(key, value);
            }
            if (merged != null) merge(merged, keys, consumer);
        }

        private boolean isMergeKey(ScalarEvent key) {
            return key.getValue().equals("<<")
                    && YamlScalars.isMergeTag(key.getTag().orElse(null))
                    && (key.isPlain() || key.getTag().isPresent());
        }

        /// The first map that has a key is the one that counts, as before all others the map that merges.
        private void merge(Node merged, MemberKeys keys, MemberConsumer consumer) throws MalformedDocumentException {
            if (merged instanceof Node.Sequence several) {
                for (Node one : several.items()) mergeOne(one, keys, consumer);
            } else {
                mergeOne(merged, keys, consumer);
            }
        }

        private void mergeOne(Node merged, MemberKeys keys, MemberConsumer consumer)
                throws MalformedDocumentException {
            if (!(merged instanceof Node.Mapping mapping))
                throw refusals.malformed(
                        merged.location(),
                        "map merge requires map or sequence of maps as the value",
                        "write \"<<: *anchor\" with the anchor of a map");
            for (Node.Member member : mapping.members())
                if (keys.add(member.key().source(), member.key().location().line()) == 0)
                    consumer.member(member.key(), member.value());
        }

        /// What an anchor stands for: a node, how many nodes it has and how deep they go; no node while it is being read.
        private record Anchored(@Nullable Node node, long nodes, int height) {
            static final Anchored OPEN = new Anchored(null, 0, 0);
        }

        private Node anchored(Anchor anchor, Event event, int depth) throws MalformedDocumentException {
            anchors.put(anchor, Anchored.OPEN);
            long nodesBefore = nodes;
            int deepestBefore = deepest;
            deepest = depth;
            Node node = unanchored(event, depth);
            long size = nodes - nodesBefore + 1;
            anchors.put(anchor, new Anchored(node, size, deepest - depth));
            kept += size;
            if (kept > refusals.limits().nodesPerFlag())
                throw refusals.malformed(
                        location(event),
                        "what has anchors is more than the limit of "
                                + refusals.limits().nodesPerFlag() + " values",
                        null);
            deepest = Math.max(deepest, deepestBefore);
            return node;
        }

        private Node alias(AliasEvent alias, int depth) throws MalformedDocumentException {
            Location at = location(alias);
            String name = alias.getAlias().getValue();
            Anchored target = anchors.get(alias.getAlias());
            if (target == null)
                throw refusals.malformed(at, "unknown anchor '" + name + "' referenced", "define &" + name + " before");
            if (target.node() == null)
                throw refusals.malformed(at, "anchor '" + name + "' value contains itself", null);
            aliased += target.nodes();
            nodes += target.nodes();
            if (aliased > refusals.limits().aliasedNodes())
                throw refusals.malformed(
                        at,
                        "aliases stand for more than the limit of "
                                + refusals.limits().aliasedNodes() + " values",
                        null);
            refusals.checkNodes(nodes, at);
            deepest = Math.max(deepest, depth + target.height());
            if (!(target.node() instanceof Node.Scalar)) refusals.checkDepth(depth + target.height(), at);
            return target.node();
        }

        private Node.Scalar scalar(ScalarEvent event) throws MalformedDocumentException {
            String text = event.getValue();
            String tag = event.getTag().orElse(null);
            Location at = location(event);
            if (tag == null || tag.equals("!")) {
                Object value = event.isPlain() ? YamlScalars.plain(text) : text;
                return new Node.Scalar(value, text, at, value instanceof String ? layout(event) : TextLayout.PLAIN);
            }
            try {
                Object value = YamlScalars.tagged(tag, text);
                return new Node.Scalar(value, value instanceof String string ? string : text, at, layout(event));
            } catch (YamlScalars.WrongTagException wrong) {
                throw refusals.malformed(at, String.valueOf(wrong.getMessage()), "remove the tag");
            }
        }

        private TextLayout layout(ScalarEvent event) {
            Mark start = mark(event);
            Mark end = event.getEndMark().orElseThrow();
            ScalarStyle style = event.getScalarStyle();
            if (start.getLine() == end.getLine()) {
                if (style == ScalarStyle.PLAIN) return TextLayout.PLAIN;
                if (end.getIndex() - start.getIndex() == event.getValue().length() + 2) return TextLayout.QUOTED;
            }
            ScalarLayout.Style written =
                    switch (style) {
                        case PLAIN -> ScalarLayout.Style.BARE;
                        case SINGLE_QUOTED -> ScalarLayout.Style.SINGLE_QUOTED;
                        case LITERAL, FOLDED -> ScalarLayout.Style.BLOCK;
                        default -> ScalarLayout.Style.DOUBLE_QUOTED;
                    };
            int from = utf8.goToCodePoint(start.getIndex()).offset();
            return ScalarLayout.of(utf8.bytes(), from, written, event.getValue());
        }

        private Location location(Event event) {
            Mark mark = mark(event);
            return refusals.at(mark.getLine() + 1, mark.getColumn() + 1);
        }

        private static Mark mark(Event event) {
            return event.getStartMark().orElseThrow();
        }
    }
}
