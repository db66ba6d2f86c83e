package dev.jackstaff.spi;

import static java.util.Objects.requireNonNull;

/// What comes of asking a [Retriever] for its document.
public sealed interface Retrieval {

    /// The document is still the known one; nothing has to be parsed.
    ///
    /// @param revision what to hand in as `known` next time; it may have become cheaper to compare
    record Unchanged(Revision revision) implements Retrieval {
        public Unchanged {
            requireNonNull(revision, "revision");
        }
    }

    /// The whole document.
    final class Content implements Retrieval {
        private final byte[] bytes;
        private final Revision revision;

        /// @param bytes handed over: nobody writes into the array from here on
        public Content(byte[] bytes, Revision revision) {
            this.bytes = requireNonNull(bytes, "bytes");
            this.revision = requireNonNull(revision, "revision");
        }

        /// The document's text as it was stored, not copied: do not write into it.
        public byte[] bytes() {
            return bytes;
        }

        /// What to hand in as `known` next time.
        public Revision revision() {
            return revision;
        }

        /// Never the text itself, which may be long and is nobody's business in a log.
        @Override
        public String toString() {
            return "Content[" + bytes.length + " bytes, " + revision + "]";
        }
    }
}
