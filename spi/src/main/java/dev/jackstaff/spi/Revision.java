package dev.jackstaff.spi;

/// A retriever's mark of a document: what it needs to find out cheaply whether the document is still the same, such as an
/// entity tag, a file's state, a hash.
///
/// Only the retriever that made it reads it; its owner keeps it and hands it back. Immutable.
public interface Revision {}
