package dev.jackstaff.engine.document;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a parser hands over: a tree that knows its lines.
///
/// The tree is format-free but keeps what the formats disagree on: the kind a scalar resolved to, and the text it was
/// written as. Immutable.
public sealed interface Node {

    /// Where this node begins.
    Location location();

    /// What a person would call this node in a message: `a string`, `a list`, `null`.
    String kind();

    /// A value without parts.
    ///
    /// @param value  by kind: null, [Boolean], [Long] (an integer within 64 bits), [java.math.BigInteger] (YAML only:
    ///               2^63 to 2^64-1), [Double], [String], [java.time.OffsetDateTime] (an unquoted YAML timestamp or a
    ///               TOML date-time)
    /// @param source the text as written, without quotes and with escapes resolved; for strings the value itself
    /// @param location where it begins: at the opening quote of a quoted text, at the `|` or `>` of a YAML block
    /// @param layout how the characters of `source` lie in the file from there on
    record Scalar(@Nullable Object value, String source, Location location, TextLayout layout) implements Node {
        public Scalar {
            requireNonNull(source, "source");
            requireNonNull(location, "location");
            requireNonNull(layout, "layout");
        }

        /// A scalar that stands in the file as it is.
        public Scalar(@Nullable Object value, String source, Location location) {
            this(value, source, location, TextLayout.PLAIN);
        }

        /// Where the character of `source` at `offset` is in the file.
        public Location at(int offset) {
            return layout.at(location, offset);
        }

        @Override
        public String kind() {
            if (value == null) return "null";
            if (value instanceof Boolean) return "a boolean";
            if (value instanceof String) return "a string";
            if (value instanceof Number) return "a number";
            return "a date";
        }
    }

    /// A list, in file order.
    record Sequence(List<Node> items, Location location) implements Node {
        public Sequence {
            items = List.copyOf(items);
            requireNonNull(location, "location");
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// A map, in file order. Keys are scalars; only YAML has keys that are not strings.
    ///
    /// In YAML and TOML a key that stands twice is a malformed document. In JSON it is not, and what becomes of it depends
    /// on what the map is for, so a JSON parser hands over every member and the reader of the map decides.
    record Mapping(List<Member> members, Location location) implements Node {
        public Mapping {
            members = List.copyOf(members);
            requireNonNull(location, "location");
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /// One entry of a [Mapping].
    record Member(Scalar key, Node value) {
        public Member {
            requireNonNull(key, "key");
            requireNonNull(value, "value");
        }
    }
}
