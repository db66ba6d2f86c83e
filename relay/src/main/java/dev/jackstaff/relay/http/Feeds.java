package dev.jackstaff.relay.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The streams of one event loop, and the one timer they share; it runs while there are any. For that loop alone, but for
/// [#stop].
final class Feeds {
    private static final long NO_TIMER = -1;
    private static final Duration BETWEEN_WAVES = Duration.ofMillis(20);

    private final Context loop;
    private final Streams streams;
    private final StreamLimits limits;
    private final Random random = new Random();
    private final Set<Feed> open = new LinkedHashSet<>();
    private final List<Promise<Void>> waiting = new ArrayList<>();
    private long timer = NO_TIMER;

    /// @param streams those of all loops
    Feeds(Context loop, Streams streams, StreamLimits limits) {
        this.loop = loop;
        this.streams = streams;
        this.limits = limits;
    }

    StreamLimits limits() {
        return limits;
    }

    /// A stream whose subscriber is offered messages from now on; it writes them when its transport is there.
    ///
    /// @param mayListen  whether the subscriber's key still opens the topic
    /// @param afterwards told once, at the end
    /// @return null when there are too many
    @Nullable
    Feed open(StreamStart start, BooleanSupplier mayListen, Consumer<Feed> afterwards) {
        if (!streams.enter()) return null;
        Feed[] made = new Feed[1];
        Feed feed = new Feed(
                task -> loop.runOnContext(_ -> task.run()), mayListen, limits, streams.reloads, System::nanoTime,
                life(),
                why -> ended(made[0], start.topic(), why, afterwards));
        made[0] = feed;
        open.add(feed);
        if (timer == NO_TIMER) timer = loop.owner().setPeriodic(limits.look().toMillis(), _ -> look());
        start.topic().add(feed.mailbox());
        return feed;
    }

    private long life() {
        return (long) (limits.life().toNanos() * (0.8 + 0.4 * random.nextDouble()));
    }

    private void look() {
        for (Feed feed : List.copyOf(open)) feed.look();
    }

    private void ended(Feed feed, Topic topic, End why, Consumer<Feed> afterwards) {
        topic.remove(feed.mailbox());
        open.remove(feed);
        streams.leave(why);
        if (open.isEmpty()) {
            loop.owner().cancelTimer(timer);
            timer = NO_TIMER;
            waiting.forEach(Promise::tryComplete);
        }
        afterwards.accept(feed);
    }

    /// Ends all streams: a millisecond for each, in waves and in any order, so that their subscribers do not come back all at
    /// once. Done when all have ended, which the farewell limit sees to. May be called by any thread.
    Future<Void> stop() {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(_ -> {
            waiting.add(done);
            if (open.isEmpty()) {
                done.complete();
                return;
            }
            List<Feed> all = new ArrayList<>(open);
            Collections.shuffle(all, random);
            long window = Math.min(all.size(), limits.farewell().toMillis() / 2);
            int waves = Math.toIntExact(Math.max(1, window / BETWEEN_WAVES.toMillis()));
            wave(all, 0, (all.size() + waves - 1) / waves);
            long cut = loop.owner().setTimer(limits.farewell().toMillis(), _ -> List.copyOf(open).forEach(Feed::cut));
            done.future().onComplete(_ -> loop.owner().cancelTimer(cut));
        });
        return done.future();
    }

    private void wave(List<Feed> all, int from, int size) {
        int to = Math.min(from + size, all.size());
        for (Feed feed : all.subList(from, to)) feed.end(End.STOPPED);
        if (to < all.size()) loop.owner().setTimer(BETWEEN_WAVES.toMillis(), _ -> wave(all, to, size));
    }
}
