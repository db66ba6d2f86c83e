package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeRetriever;
import dev.jackstaff.testkit.FlagFiles;
import dev.jackstaff.verify.museum.HalfARolloutTest.Poller;
import java.util.List;
import java.util.Optional;

/// E-D1, E-D9: a progressive rollout without its beginning or end was a null that the polling thread stumbled over, which
/// ended the process.
class HalfARolloutTest implements Exhibit<Poller> {
    private static final List<String> HALVES = List.of(
            "progressiveRollout: {initial: {variation: \"on\", percentage: 0, date: 2024-01-01T00:00:00Z}}",
            "progressiveRollout: {end: {variation: \"on\", percentage: 0, date: 2024-01-01T00:00:00Z}}",
            "progressiveRollout: {}");

    interface Poller {
        void poll(String file);

        String good();
    }

    @Override
    public Poller twin() {
        return new Poller() {
            @Override
            public void poll(String file) {
                for (FlagDefinition flag : Flags.file(file).flags().values()) {
                    var rollout = flag.defaultRule().progressiveRollout();
                    if (rollout == null) continue;
                    if (rollout.initial().date().equals(rollout.end().date()))
                        throw new AssertionError("nobody moves");
                }
            }

            @Override
            public String good() {
                return "on";
            }
        };
    }

    @Override
    public Poller ours() throws Exception {
        FakeClock clock = new FakeClock(Flags.NOW);
        FakeRetriever source = new FakeRetriever("flags.yaml", FlagFiles.flag("good", "off"));
        FlagSet flags = Flags.started(Flags.options(), List.of(source), clock, Runnable::run);
        return new Poller() {
            @Override
            public void poll(String file) {
                source.serves(file);
                clock.advance(Flags.INTERVAL);
            }

            @Override
            public String good() {
                return Flags.variation(flags, "good");
            }
        };
    }

    @Override
    public Optional<String> examine(Poller poller) {
        for (String half : HALVES) {
            try {
                poller.poll(FlagFiles.flag("good", "on")
                        + "half: {variations: {\"on\": true}, defaultRule: {" + half + "}}\n");
            } catch (NullPointerException crash) {
                return Optional.of("the poll ends with " + crash);
            }
            if (!poller.good().equals("on")) return Optional.of("the good flag of the same file is " + poller.good());
        }
        return Optional.empty();
    }
}
