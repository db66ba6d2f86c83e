package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Section 8 of the design for deadlines: a bounded queue for each subscriber, a reload in place of too much, and no end that
/// publishers wait for.
class MailboxTest {
    private static final int LIMIT = 4;

    private final AtomicInteger wakes = new AtomicInteger();
    private final LongAdder reloads = new LongAdder();
    private final Mailbox mailbox = new Mailbox(LIMIT, wakes::incrementAndGet, reloads);

    @Test
    void messages_come_out_in_the_order_they_went_in() {
        offer(1, 2, 3);
        assertThat(takeAll()).containsExactly("1\n", "2\n", "3\n");
    }

    @Test
    void its_owner_is_woken_once_until_it_has_found_nothing() {
        offer(1, 2);
        mailbox.take();
        offer(3);
        assertThat(wakes).hasValue(1);
        takeAll();
        offer(4);
        assertThat(wakes).hasValue(2);
    }

    @Test
    void too_many_messages_become_one_that_asks_for_a_reload() {
        offer(1, 2, 3, 4, 5);
        assertThat(mailbox.isGivenUp()).isFalse();
        offer(6);
        assertThat(takeAll()).containsExactly(Message.RELOAD.text(), "6\n");
        assertThat(reloads.sum()).isEqualTo(1);
    }

    @Test
    void too_many_messages_again_before_it_was_empty_are_its_end() {
        offer(1, 2, 3, 4, 5);
        offer(6, 7, 8);
        mailbox.take();
        offer(9);
        assertThat(mailbox.isGivenUp()).isFalse();
        offer(10);
        assertThat(mailbox.isGivenUp()).isTrue();
        offer(11);
        assertThat(takeAll()).isEmpty();
        assertThat(wakes).hasValue(1);
    }

    @Test
    void after_it_was_empty_too_many_messages_are_a_reload_again() {
        offer(1, 2, 3, 4, 5);
        takeAll();
        offer(1, 2, 3, 4, 5);
        assertThat(takeAll()).containsExactly(Message.RELOAD.text());
        assertThat(reloads.sum()).isEqualTo(2);
    }

    @Test
    void a_closed_one_takes_nothing_and_wakes_nobody() {
        mailbox.close();
        offer(1);
        assertThat(takeAll()).isEmpty();
        assertThat(wakes).hasValue(0);
    }

    @Test
    void publishers_and_owner_lose_nothing_between_them() throws Exception {
        assertThat(wrongRounds(3_000, wake -> new Box() {
            private final Mailbox real = new Mailbox(1_000, wake, new LongAdder());

            @Override
            public void offer(Message message) {
                real.offer(message);
            }

            @Override
            public @Nullable Message take() {
                return real.take();
            }
        })).isZero();
    }

    /// Otherwise the test above proves nothing.
    @Test
    void a_mailbox_that_goes_to_sleep_after_it_looked_is_found_out() throws Exception {
        assertThat(wrongRounds(3_000, LooksThenSleeps::new)).isPositive();
    }

    /// What a publisher and an owner do.
    private interface Box {
        void offer(Message message);

        @Nullable
        Message take();
    }

    private static final class LooksThenSleeps implements Box {
        private final Queue<Message> waiting = new ConcurrentLinkedQueue<>();
        private final Runnable wake;
        private volatile boolean isAwake;

        LooksThenSleeps(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public void offer(Message message) {
            waiting.add(message);
            if (isAwake) return;
            isAwake = true;
            wake.run();
        }

        @Override
        public @Nullable Message take() {
            Message message = waiting.poll();
            if (message == null) {
                LockSupport.parkNanos(1);
                isAwake = false;
            }
            return message;
        }
    }

    /// Two publishers offer at the same time, an owner takes on a loop of its own when it is woken. A round is wrong when
    /// something is left over, missing or out of order, or when there were more wakes than sleeps.
    private static int wrongRounds(int rounds, Function<Runnable, Box> boxes) throws Exception {
        int publishers = 2, each = 4, wrong = 0;
        List<List<Message>> messages = new ArrayList<>();
        for (int i = 0; i < publishers; i++) messages.add(messages(i * 100, each));
        CyclicBarrier together = new CyclicBarrier(publishers);
        try (ExecutorService threads = Executors.newFixedThreadPool(publishers);
                ExecutorService loop = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < rounds; round++) {
                List<Message> taken = new ArrayList<>();
                AtomicInteger wakes = new AtomicInteger(), sleeps = new AtomicInteger();
                Box[] box = new Box[1];
                box[0] = boxes.apply(() -> {
                    wakes.incrementAndGet();
                    loop.execute(() -> {
                        for (Message message; (message = box[0].take()) != null;) taken.add(message);
                        sleeps.incrementAndGet();
                    });
                });
                List<Future<?>> offers = new ArrayList<>();
                for (List<Message> own : messages) offers.add(threads.submit(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    own.forEach(box[0]::offer);
                    return null;
                }));
                for (Future<?> offer : offers) offer.get(20, TimeUnit.SECONDS);
                loop.submit(() -> {}).get(20, TimeUnit.SECONDS);
                boolean isComplete = taken.size() == publishers * each
                        && messages.stream().allMatch(own -> taken.stream().filter(own::contains).toList().equals(own));
                if (!isComplete || wakes.get() != sleeps.get() || box[0].take() != null) wrong++;
            }
        }
        return wrong;
    }

    private static List<Message> messages(int from, int count) {
        List<Message> messages = new ArrayList<>();
        for (int i = from; i < from + count; i++) messages.add(message(i));
        return messages;
    }

    private static Message message(int number) {
        return Message.of(Body.adopting((number + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private void offer(int... numbers) {
        for (int number : numbers) mailbox.offer(message(number));
    }

    private List<String> takeAll() {
        List<String> all = new ArrayList<>();
        for (Message message; (message = mailbox.take()) != null;) all.add(message.text());
        return all;
    }
}
