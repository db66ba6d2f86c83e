package dev.jackstaff.relay.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/// The turn that an event loop is in: it looks which connections can be read, reads each of them once, and begins again.
/// Touched by that loop only.
///
/// A loop has no queue to look at: what waits for it lies in the buffers of the system. But a request that is read in this turn
/// was not there yet when the turn before it looked, or it would have been read then; so it came at some time since. When the
/// loop had nothing to do in between it was woken by what came.
///
/// Cost: fields. The clock is read by those who call.
final class Turn {
    /// A loop that has heard of no request for so long was not held up by requests.
    private static final long IDLE = 1_000_000;

    private long turns; // that have begun
    private long seen; // the last one that had a request
    private long begun, before; // when its first request was read, and when that of the turn before it
    private long last; // when something was heard of a request
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /// The loop looks which connections can be read. Who has waited for that goes on after those have been.
    void next(Executor loop) {
        turns++;
        for (Runnable work; (work = waiting.poll()) != null;) loop.execute(work);
    }

    /// Which one it is.
    long number() {
        return turns;
    }

    /// @param work goes on in the next turn, after all that can be read then; before that the loop does not sleep
    void awaitNext(Runnable work) {
        waiting.add(work);
    }

    /// Work on a request goes on that was interrupted.
    void goesOn(long now) {
        last = now;
    }

    /// Whether a request of now is the first one of its turn. To be asked before [#waited].
    boolean isFirst(long now) {
        if (seen == turns) {
            last = now;
            return false;
        }
        seen = turns;
        before = now - last > IDLE ? now : begun;
        begun = now;
        last = now;
        return true;
    }

    /// How long a request of now has waited: since the middle of the time in which it came.
    long waited(long now) {
        return now - begun + (begun - before) / 2;
    }

    /// Work on a request has ended.
    ///
    /// @return how long the loop was busy with it, at most
    long worked(long now) {
        long spent = now - last;
        last = now;
        return spent;
    }
}
