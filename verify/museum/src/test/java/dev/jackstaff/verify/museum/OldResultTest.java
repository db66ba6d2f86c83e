package dev.jackstaff.verify.museum;

import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Revision;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FlagFiles;
import dev.jackstaff.verify.museum.OldResultTest.Refreshed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// R-D31, E-D13, D-5: polls and forced refreshes ran beside each other, so that the older result could arrive last and stay.
class OldResultTest implements Exhibit<Refreshed> {
    private static final long PATIENCE_SECONDS = 60;

    private final SlowOnce source = new SlowOnce();
    private final Threads threads = new Threads();

    interface Refreshed {
        /// Completes when the result is in force. May wait itself.
        CompletableFuture<?> refresh();

        String variation();
    }

    /// Whoever comes second overtakes the first, if nobody keeps him from it.
    private static final class SlowOnce implements Retriever {
        private record Text(String text) implements Revision {}

        private final CountDownLatch asked = new CountDownLatch(1), release = new CountDownLatch(1);
        private volatile String document = FlagFiles.flag("f", "on");
        private volatile boolean slow;

        @Override
        public String source() {
            return "slow";
        }

        @Override
        public Retrieval retrieve(@Nullable Revision known, Duration limit) throws IOException {
            String read = document;
            if (slow) {
                slow = false;
                asked.countDown();
                await(release);
            }
            return new Retrieval.Content(read.getBytes(StandardCharsets.UTF_8), new Text(read));
        }

        @Override
        public void close() {}
    }

    @Override
    public Refreshed twin() {
        return new Refreshed() {
            private volatile String served = "";

            @Override
            public CompletableFuture<?> refresh() {
                try {
                    Retrieval read = source.retrieve(null, Flags.INTERVAL);
                    served = new String(((Retrieval.Content) read).bytes(), StandardCharsets.UTF_8);
                    return CompletableFuture.completedFuture(null);
                } catch (IOException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }

            @Override
            public String variation() {
                return served.contains("variation: \"on\"") ? "on" : "off";
            }
        };
    }

    @Override
    public Refreshed ours() throws Exception {
        FlagSet flags = Flags.started(Flags.options(), List.of(source), new FakeClock(Flags.NOW), threads);
        return new Refreshed() {
            @Override
            public CompletableFuture<?> refresh() {
                return flags.refresh();
            }

            @Override
            public String variation() {
                return Flags.variation(flags, "f");
            }
        };
    }

    @Override
    public Optional<String> examine(Refreshed flags) throws Exception {
        source.slow = true;
        source.document = FlagFiles.flag("f", "off");
        threads.execute(() -> flags.refresh().join());
        await(source.asked);
        source.document = FlagFiles.flag("f", "on");
        CompletableFuture<?> second = flags.refresh();
        source.release.countDown();
        if (!threads.stuck().isEmpty()) return Optional.of("the first refresh does not end");
        second.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Exhibit.when(!flags.variation().equals("on"), "the older result is served: " + flags.variation());
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new AssertionError("nobody came");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
