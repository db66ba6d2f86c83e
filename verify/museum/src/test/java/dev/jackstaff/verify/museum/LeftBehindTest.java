package dev.jackstaff.verify.museum;

import dev.jackstaff.testkit.FakeRetriever;
import dev.jackstaff.testkit.FlagFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;

/// R-D31, D-2: when one of several sources failed, nobody took the results of the others any more, and their threads stayed:
/// one more with each poll.
class LeftBehindTest implements Exhibit<Polled> {
    private final Threads threads = new Threads();
    private final FakeRetriever broken = new FakeRetriever("broken.yaml", FlagFiles.flag("f", "on"));
    private final FakeRetriever good = new FakeRetriever("good.yaml", FlagFiles.flag("g", "on"));

    @AfterEach
    void letGo() {
        threads.interrupt();
    }

    @Override
    public Polled twin() {
        return new Polled() {
            @Override
            public void poll() {
                BlockingQueue<Optional<IOException>> results = new SynchronousQueue<>();
                for (FakeRetriever source : List.of(broken, good)) threads.execute(() -> put(results, result(source)));
                while (take(results).isEmpty()) {}
            }

            @Override
            public String variation(String flag) {
                return "on";
            }
        };
    }

    private static Optional<IOException> result(FakeRetriever source) {
        try {
            source.retrieve(null, Flags.INTERVAL);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private static <T> void put(BlockingQueue<T> queue, T result) {
        try {
            queue.put(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Polled ours() throws Exception {
        return OurPolled.start(threads, broken, good);
    }

    @Override
    public Optional<String> examine(Polled flags) {
        broken.fails("down");
        for (int poll = 0; poll < 10; poll++) flags.poll();
        List<Thread> left = threads.stuck();
        return Exhibit.when(!left.isEmpty(), left.size() + " threads wait for ever after ten polls");
    }
}
