package dev.jackstaff.verify.museum;

import dev.jackstaff.testkit.FakeRetriever;
import dev.jackstaff.testkit.FlagFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// D-1, D-26, R-D22, R-D30: clients of stores were created once. When that failed, the start failed although it was allowed to
/// go without, or everything after it used a client that was not there.
class FirstFailureTest implements Exhibit<Polled> {
    private final FakeRetriever source = new FakeRetriever("flags.yaml", FlagFiles.flag("f", "on"));

    @Override
    public Polled twin() {
        source.failsToInit("no network yet");
        AtomicBoolean created = new AtomicBoolean();
        return new Polled() {
            private String served = "SdkDefault";

            @Override
            public void poll() {
                try {
                    if (created.compareAndSet(false, true)) source.init(Flags.INTERVAL);
                    if (source.calls().stream().filter("init"::equals).count() == 1) throw new IOException("no client");
                    served = "on";
                } catch (IOException e) {
                    // at the next poll, perhaps
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
        source.failsToInit("no network yet");
        return OurPolled.start(
                Flags.options().withStartWithRetrieverError(true).withRetrieveLimit(Duration.ofSeconds(5)),
                Runnable::run,
                source);
    }

    @Override
    public Optional<String> examine(Polled flags) {
        flags.poll();
        source.failsToInit(null);
        for (int poll = 0; poll < 3; poll++) flags.poll();
        return Exhibit.when(!flags.variation("f").equals("on"), "it is " + flags.variation("f") + " to the end");
    }
}
