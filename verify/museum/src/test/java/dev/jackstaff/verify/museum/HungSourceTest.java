package dev.jackstaff.verify.museum;

import dev.jackstaff.testkit.FakeRetriever;
import dev.jackstaff.testkit.FlagFiles;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/// D-3: retrievals had no limit. One call that hung ended polling for good, for every source.
class HungSourceTest implements Exhibit<Polled> {
    private final Threads polling = new Threads(), retrieving = new Threads();
    private final FakeRetriever hung = new FakeRetriever("hung.yaml", FlagFiles.flag("f", "on"));
    private final FakeRetriever good = new FakeRetriever("good.yaml", FlagFiles.flag("g", "off"));

    @AfterEach
    void letGo() {
        polling.interrupt();
        retrieving.interrupt();
    }

    @Override
    public Polled twin() {
        return new Polled() {
            private volatile String served = "off";

            @Override
            public void poll() {
                try {
                    hung.retrieve(null, Flags.INTERVAL);
                    good.retrieve(null, Flags.INTERVAL);
                    served = "on";
                } catch (IOException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public String variation(String flag) {
                return served;
            }
        };
    }

    @Override
    public Polled ours() throws Exception {
        return OurPolled.start(retrieving, hung, good);
    }

    @Override
    public Optional<String> examine(Polled flags) {
        hung.hangs();
        good.serves(FlagFiles.flag("g", "on"));
        // The end of its limit is a moment of the clock, too; so there is more than one poll.
        polling.execute(() -> {
            while (!flags.variation("g").equals("on") && !Thread.currentThread().isInterrupted()) flags.poll();
        });
        boolean stuck = !polling.stuck().isEmpty();
        return Exhibit.when(stuck, "polling waits for ever");
    }
}
