package dev.jackstaff.relay.http;

import java.util.concurrent.atomic.LongAdder;

/// The one decision on a request.
sealed interface Verdict {

    /// Where it is counted.
    LongAdder counter(Offload offload);

    /// The handler was in time.
    record Answer(Response response) implements Verdict {
        @Override
        public LongAdder counter(Offload offload) {
            return offload.answered;
        }
    }

    /// The handler was in time and had nothing but an exception.
    record Failed(Throwable cause) implements Verdict {
        @Override
        public LongAdder counter(Offload offload) {
            return offload.failed;
        }
    }

    /// The deadline was reached first. What the handler does may still happen (I21).
    record Expired() implements Verdict {
        @Override
        public LongAdder counter(Offload offload) {
            return offload.expired;
        }
    }

    /// The connection was closed first; nobody waits for an answer.
    record Gone() implements Verdict {
        @Override
        public LongAdder counter(Offload offload) {
            return offload.gone;
        }
    }

    /// The server stops and waits no longer. What the handler does may still happen.
    record Draining() implements Verdict {
        @Override
        public LongAdder counter(Offload offload) {
            return offload.draining;
        }
    }

    /// Time was up, the caller had gone or the server stopped before a handler began: none runs any more (I20).
    ///
    /// @param answered whether anybody waits for an answer
    record Unstarted(boolean answered) implements Verdict {
        @Override
        public LongAdder counter(Offload offload) {
            return offload.unstarted;
        }
    }
}
