package dev.jackstaff.engine.document;

import java.util.List;

/// A flag file as a stream of its top-level members: one flag key and its definition at a time, in file order.
///
/// A stream and not a tree, because a file of 100,000 flags is read within a small heap: each definition's tree can go
/// as soon as the flag is read. A document can be walked once. Not thread-safe.
///
/// JSON hands over a key that stands twice each time it stands there; YAML and TOML refuse such a text.
public interface Document {

    /// The notation the text was in; it decides what typed fields accept.
    Syntax syntax();

    /// The name a person knows the text by; the `source` of every [Location] in it.
    String source();

    /// Walks the members. An empty document has none and is no error where its format allows that.
    ///
    /// @throws MalformedDocumentException when the text is not of its format, breaks a limit, or is not a map at the top;
    ///         members seen until then are worthless
    void forEachMember(MemberConsumer consumer) throws MalformedDocumentException;

    /// What looked wrong although the text could be read, such as a second YAML document that is ignored. Complete after
    /// [#forEachMember].
    default List<Problem> warnings() {
        return List.of();
    }

    /// Takes one member.
    @FunctionalInterface
    interface MemberConsumer {
        void member(Node.Scalar key, Node value);
    }
}
