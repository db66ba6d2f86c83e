package dev.jackstaff.verify.museum;

import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeRetriever;
import dev.jackstaff.testkit.FlagFiles;
import dev.jackstaff.verify.museum.ForgottenPollerTest.Sets;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// R-D38: a flag set that another of its name replaced went on polling, for nobody, until the process ended.
class ForgottenPollerTest implements Exhibit<Sets> {
    private final FakeClock clock = new FakeClock(Flags.NOW);
    private final FakeRetriever first = new FakeRetriever("first.yaml", FlagFiles.flag("f", "on"));

    interface Sets {
        void put(FakeRetriever source) throws Exception;
    }

    @Override
    public Sets twin() {
        AtomicReference<FakeRetriever> served = new AtomicReference<>();
        return source -> {
            served.set(source);
            poll(source);
        };
    }

    private void poll(FakeRetriever source) {
        try {
            source.retrieve(null, Flags.INTERVAL);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        clock.after(Flags.INTERVAL, () -> poll(source));
    }

    @Override
    public Sets ours() {
        FlagSet[] served = new FlagSet[1];
        return source -> {
            FlagSet next = Flags.started(Flags.options(), List.of(source), clock, Runnable::run);
            if (served[0] != null) served[0].close();
            served[0] = next;
        };
    }

    @Override
    public Optional<String> examine(Sets sets) throws Exception {
        sets.put(first);
        sets.put(new FakeRetriever("second.yaml", FlagFiles.flag("f", "off")));
        int before = first.calls().size();
        clock.advance(Flags.INTERVAL.multipliedBy(3));
        if (clock.planned() != 1) return Optional.of(clock.planned() + " polls are planned for one flag set");
        return Exhibit.when(first.calls().size() > before, "the replaced one is still asked");
    }
}
