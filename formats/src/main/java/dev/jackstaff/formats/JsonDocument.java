package dev.jackstaff.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.jackstaff.engine.document.Document;
import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.document.TextLayout;
import dev.jackstaff.engine.document.WellFormed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// JSON as `encoding/json` takes it: every number a double, keys handed over as often as they stand, bytes and surrogates
/// that are no characters read as U+FFFD, nothing after the value.
final class JsonDocument implements Document {
    /// Jackson's own limits, all of them: ours refuse first and say where, except for numbers.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxNumberLength(1_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxDocumentLength(Long.MAX_VALUE)
                    .maxTokenCount(Long.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final byte[] text;
    private final Refusals refusals;

    JsonDocument(byte[] text, Refusals refusals) {
        this.text = text;
        this.refusals = refusals;
    }

    @Override
    public Syntax syntax() {
        return Syntax.JSON;
    }

    @Override
    public String source() {
        return refusals.source();
    }

    @Override
    public void forEachMember(MemberConsumer consumer) throws MalformedDocumentException {
        refusals.checkSize(text);
        if (Utf8.startsWithBom(text))
            throw refusals.malformed(
                    refusals.at(1, 1), "JSON must not begin with a byte order mark",
                    "save the file as UTF-8 without BOM");
        if (text.length > 1 && (text[0] == 0 || text[1] == 0))
            throw refusals.malformed(refusals.at(1, 1), "JSON must be UTF-8, this is UTF-16 or UTF-32",
                    "save the file as UTF-8");
        Utf8 utf8 = new Utf8(text);
        if (utf8.firstInvalid() >= 0)
            utf8 = new Utf8(new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        try (JsonParser parser = JSON.createParser(utf8.bytes())) {
            new Walk(utf8, parser).document(consumer);
        } catch (JsonProcessingException e) {
            throw JsonComplaint.of(e, utf8, refusals);
        } catch (IOException neverFromMemory) {
            throw new AssertionError(neverFromMemory);
        }
    }

    /// One pass over the tokens.
    private final class Walk {
        private final Utf8 utf8;
        private final JsonParser parser;
        private int nodes;

        Walk(Utf8 utf8, JsonParser parser) {
            this.utf8 = utf8;
            this.parser = parser;
        }

        void document(MemberConsumer consumer) throws IOException, MalformedDocumentException {
            JsonToken first = parser.nextToken();
            if (first == null)
                throw refusals.malformed(refusals.at(1, 1), "unexpected end of JSON input",
                        "write {} for a file without flags");
            if (first == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    nodes = 0;
                    Node.Scalar key = key();
                    consumer.member(key, node(parser.nextToken(), 2));
                }
            } else if (first != JsonToken.VALUE_NULL) {
                Node other = node(first, 1);
                throw refusals.notAMap(other.location(), other.kind());
            }
            if (parser.nextToken() != null)
                throw refusals.malformed(here(), "text after the end of the JSON value", "remove it");
        }

        private Node node(JsonToken token, int depth) throws IOException, MalformedDocumentException {
            Location at = here();
            refusals.checkNodes(++nodes, at);
            return switch (token) {
                case START_OBJECT -> mapping(at, depth);
                case START_ARRAY -> sequence(at, depth);
                case VALUE_STRING -> string(parser.getText(), utf8.offset(), at);
                case VALUE_TRUE -> new Node.Scalar(true, "true", at);
                case VALUE_FALSE -> new Node.Scalar(false, "false", at);
                case VALUE_NULL -> new Node.Scalar(null, "null", at);
                default -> number(at);
            };
        }

        private Node mapping(Location at, int depth) throws IOException, MalformedDocumentException {
            refusals.checkDepth(depth, at);
            List<Node.Member> members = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Node.Scalar key = key();
                members.add(new Node.Member(key, node(parser.nextToken(), depth + 1)));
            }
            return new Node.Mapping(members, at);
        }

        private Node sequence(Location at, int depth) throws IOException, MalformedDocumentException {
            refusals.checkDepth(depth, at);
            List<Node> items = new ArrayList<>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken())
                items.add(node(next, depth + 1));
            return new Node.Sequence(items, at);
        }

        private Node.Scalar key() throws IOException, MalformedDocumentException {
            Location at = here();
            refusals.checkNodes(++nodes, at);
            return string(parser.currentName(), utf8.offset(), at);
        }

        private Node.Scalar string(String text, int start, Location at) {
            String clean = WellFormed.text(text);
            return new Node.Scalar(clean, clean, at, layout(start, clean));
        }

        private TextLayout layout(int start, String text) {
            byte[] bytes = utf8.bytes();
            for (int i = start + 1; bytes[i] != '"'; i++)
                if (bytes[i] == '\\') return ScalarLayout.of(bytes, start, ScalarLayout.Style.DOUBLE_QUOTED, text);
            return TextLayout.QUOTED;
        }

        private Node.Scalar number(Location at) throws IOException, MalformedDocumentException {
            String written = parser.getText();
            double value = parser.getDoubleValue();
            if (Double.isInfinite(value))
                throw refusals.malformed(at, "the number " + written + " is too large for a double", null);
            // Jackson takes -0 for an integer, and those have no negative zero.
            boolean negativeZero = value == 0 && written.startsWith("-");
            return new Node.Scalar(negativeZero ? -0.0 : value, written, at);
        }

        private Location here() {
            utf8.goTo((int) parser.currentTokenLocation().getByteOffset());
            return refusals.at(utf8.line(), utf8.column());
        }
    }
}
