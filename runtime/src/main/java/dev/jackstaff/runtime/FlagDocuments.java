package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.flag.Reading;
import dev.jackstaff.formats.Formats;
import dev.jackstaff.spi.Retrieval;
import java.util.List;

/// Reads what retrievers deliver.
///
/// @param syntax      of documents whose retriever does not say
/// @param refuseEmpty whether a document without flags is refused where the one before had some
record FlagDocuments(Syntax syntax, boolean refuseEmpty) {

    /// Parses a document that follows the one in `before`. Cost: one pass over the text.
    Outcome read(Retrieval.Content content, Source source, SourceState before) {
        Reading reading = reading(content.bytes(), source.retriever().syntax().orElse(syntax), source.name());
        if (!(reading instanceof FlagFile file)) return new Outcome.Unusable(content.revision(), reading.problems());
        int flags = before.file() == null ? 0 : before.file().flags().size();
        return refuseEmpty && flags > 0 && file.flags().isEmpty()
                ? new Outcome.Unusable(content.revision(), List.of(SourceState.fault(
                        source.name(),
                        "the document has no flags, the one before had " + flags,
                        "to serve no flags from here on purpose, set refuseEmpty: false or remove the retriever")))
                : new Outcome.Loaded(content, file);
    }

    static Reading reading(byte[] bytes, Syntax syntax, String source) {
        return FlagFile.read(Formats.open(syntax, source, bytes));
    }
}
