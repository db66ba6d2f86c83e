package dev.jackstaff.verify.museum;

import dev.jackstaff.testkit.FakeRetriever;
import dev.jackstaff.testkit.FlagFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// D-2, D-4, D-6, E-D13: a source that was not ready, or had become empty, counted as one without flags. Its flags were
/// deleted, and everybody got the default of the calling code.
class SourceAwayTest implements Exhibit<Polled> {
    private final FakeRetriever away = new FakeRetriever("away.yaml", FlagFiles.flag("f", "on"));
    private final FakeRetriever good = new FakeRetriever("good.yaml", FlagFiles.flag("g", "off"));

    @Override
    public Polled twin() {
        Map<String, String> served = new ConcurrentHashMap<>();
        Polled twin = new Polled() {
            @Override
            public void poll() {
                served.clear();
                for (FakeRetriever source : new FakeRetriever[]{away, good}) {
                    try {
                        source.retrieve(null, Flags.INTERVAL);
                        served.put(source == away ? "f" : "g", "on");
                    } catch (IOException notReady) {
                        // has no flags, then
                    }
                }
            }

            @Override
            public String variation(String flag) {
                return served.getOrDefault(flag, "SdkDefault");
            }
        };
        twin.poll();
        return twin;
    }

    @Override
    public Polled ours() throws Exception {
        return OurPolled.start(Runnable::run, away, good);
    }

    @Override
    public Optional<String> examine(Polled flags) {
        away.fails("restarting");
        good.serves(FlagFiles.flag("g", "on"));
        flags.poll();
        if (!flags.variation("g").equals("on")) return Optional.of("one source holds up the other");
        if (!flags.variation("f").equals("on")) return Optional.of("its flag is " + flags.variation("f"));
        away.serves("");
        flags.poll();
        return Exhibit.when(!flags.variation("f").equals("on"), "emptied, its flag is " + flags.variation("f"));
    }
}
