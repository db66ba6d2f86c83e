package dev.jackstaff.verify.museum;

import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeRetriever;
import dev.jackstaff.testkit.FlagFiles;
import dev.jackstaff.verify.museum.OrderOfChangesTest.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongConsumer;

/// R-D42, D-41: each change was told by a task of its own, beside those of other changes. The last message that arrived need
/// not have been the last change.
class OrderOfChangesTest implements Exhibit<Feed> {
    private static final int CHANGES = 30;

    /// Tasks run one after the other, but nobody knows in which order: one of those that threads could come to.
    private final List<Runnable> tasks = new ArrayList<>();
    private final Random order = new Random(2);

    interface Feed {
        void tell(LongConsumer listener);

        void change();
    }

    @Override
    public Feed twin() {
        List<LongConsumer> listeners = new ArrayList<>();
        long[] revision = {0};
        return new Feed() {
            @Override
            public void tell(LongConsumer listener) {
                listeners.add(listener);
            }

            @Override
            public void change() {
                long changed = ++revision[0];
                for (LongConsumer listener : listeners) tasks.add(() -> listener.accept(changed));
            }
        };
    }

    @Override
    public Feed ours() throws Exception {
        FakeRetriever source = new FakeRetriever("flags.yaml", FlagFiles.flag("f", "on"));
        boolean[] started = {false};
        FlagSet flags = Flags.started(Flags.options(), List.of(source), new FakeClock(Flags.NOW), task -> {
            if (started[0]) tasks.add(task);
            else
                task.run();
        });
        started[0] = true;
        return new Feed() {
            private int edition;

            @Override
            public void tell(LongConsumer listener) {
                flags.listen(change -> listener.accept(change.revision()));
            }

            @Override
            public void change() {
                source.serves(FlagFiles.flag("f" + edition++, "on"));
                var refresh = flags.refresh();
                while (!refresh.isDone()) runOne();
            }
        };
    }

    private void runOne() {
        tasks.remove(order.nextInt(tasks.size())).run();
    }

    @Override
    public Optional<String> examine(Feed feed) {
        List<Long> heard = new ArrayList<>();
        feed.tell(heard::add);
        for (int change = 0; change < CHANGES; change++) feed.change();
        while (!tasks.isEmpty()) runOne();
        if (heard.isEmpty()) return Optional.of("nothing was told");
        return Exhibit.when(!heard.equals(heard.stream().sorted().distinct().toList()), "told in the order " + heard);
    }
}
