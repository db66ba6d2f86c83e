package dev.jackstaff.runtime;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Revision;
import java.time.Instant;
import java.util.List;

/// What came of asking one retriever once, parsed.
sealed interface Outcome {

    /// What is known of the retriever from now on.
    SourceState applyTo(SourceState before, Instant now);

    /// The document is the one seen last, good or not.
    record Same(Revision revision) implements Outcome {
        @Override
        public SourceState applyTo(SourceState before, Instant now) {
            return before.reached(revision, now);
        }
    }

    /// A new document that can be used.
    record Loaded(Retrieval.Content content, FlagFile file) implements Outcome {
        @Override
        public SourceState applyTo(SourceState before, Instant now) {
            return before.loaded(content, file, now);
        }
    }

    /// A new document that cannot be used.
    record Unusable(Revision revision, List<Problem> problems) implements Outcome {
        public Unusable {
            problems = List.copyOf(problems);
        }

        @Override
        public SourceState applyTo(SourceState before, Instant now) {
            return before.unusable(revision, problems, now);
        }
    }

    /// No document.
    record Failed(Problem problem) implements Outcome {
        @Override
        public SourceState applyTo(SourceState before, Instant now) {
            return before.failed(problem, now);
        }
    }
}
