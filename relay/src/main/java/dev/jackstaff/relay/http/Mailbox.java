package dev.jackstaff.relay.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The messages that wait for one subscriber: publishers put them in, its owner takes them out.
///
/// It is one reference to something immutable. A publisher that finds the owner asleep wakes it, once; the owner is awake until
/// it finds the mailbox empty. Too many messages are replaced by one that asks for a reload; when they are too many again
/// before the mailbox was empty, it is given up and takes nothing more.
final class Mailbox implements Subscriber {

    /// @param waiting  oldest first
    /// @param isReload whether messages were replaced since it was last empty
    /// @param isAwake  whether the owner has been woken and will look
    private record Content(List<Message> waiting, boolean isReload, boolean isAwake, boolean isGivenUp) {
        static final Content ASLEEP = new Content(List.of(), false, false, false);
        static final Content GIVEN_UP = new Content(List.of(), true, true, true);

        Content with(Message message, int limit) {
            if (isGivenUp) return this;
            if (waiting.size() < limit) {
                List<Message> more = new ArrayList<>(waiting);
                more.add(message);
                return new Content(List.copyOf(more), isReload, true, false);
            }
            return isReload ? GIVEN_UP : new Content(List.of(message.summary()), true, true, false);
        }

        Content withoutFirst() {
            return isGivenUp
                    ? this
                    : waiting.isEmpty()
                            ? ASLEEP
                            : new Content(waiting.subList(1, waiting.size()), isReload, true, false);
        }
    }

    private final AtomicReference<Content> content = new AtomicReference<>(Content.ASLEEP);
    private final int limit;
    private final Runnable wake;
    private final LongAdder reloads;

    /// @param limit   messages that may wait
    /// @param wake    tells the owner to look; called by publishers, must not wait
    /// @param reloads counts replaced backlogs
    Mailbox(int limit, Runnable wake, LongAdder reloads) {
        this.limit = limit;
        this.wake = wake;
        this.reloads = reloads;
    }

    @Override
    public void offer(Message message) {
        Content before = now(), after = before.with(message, limit);
        while (!content.compareAndSet(before, after)) {
            before = now();
            after = before.with(message, limit);
        }
        if (after.isReload && !before.isReload) reloads.increment();
        if (!before.isAwake) wake.run();
    }

    /// The oldest message; null when there is none, and then the next one wakes the owner. For the owner alone.
    @Nullable
    Message take() {
        Content before = now();
        while (!content.compareAndSet(before, before.withoutFirst())) before = now();
        return before.waiting.isEmpty() ? null : before.waiting.getFirst();
    }

    boolean isEmpty() {
        return now().waiting.isEmpty();
    }

    /// Whether there were too many messages twice.
    boolean isGivenUp() {
        return now().isGivenUp;
    }

    /// Takes nothing from here on.
    void close() {
        content.set(Content.GIVEN_UP);
    }

    private Content now() {
        return requireNonNull(content.get());
    }
}
