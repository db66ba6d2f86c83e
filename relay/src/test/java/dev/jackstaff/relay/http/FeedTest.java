package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.formats.json.Body;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// What one stream does as time goes by, with a transport and a clock that do what the test says.
class FeedTest {
    private static final StreamLimits LIMITS = StreamLimits.DEFAULT.withBacklog(2);

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final FakeWire wire = new FakeWire();
    private final AtomicBoolean mayListen = new AtomicBoolean(true);
    private final List<End> ends = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5_000_000_000L; // overflows within the tests
    private final Feed feed =
            new Feed(loop::add, mayListen::get, LIMITS, new LongAdder(), () -> now, seconds(1_800), ends::add);

    @Test
    void one_message_is_written_at_a_time_and_the_next_when_the_socket_has_taken_it() {
        feed.begin(wire);
        offer("1", "2");
        assertThat(wire.written).containsExactly("1");
        wire.taken();
        assertThat(wire.written).containsExactly("1", "2");
        wire.taken();
        assertThat(feed.written()).isEqualTo(4);
    }

    @Test
    void what_comes_before_the_transport_is_there_waits() {
        offer("1");
        assertThat(wire.written).isEmpty();
        feed.begin(wire);
        assertThat(wire.written).containsExactly("1");
    }

    @Test
    void a_large_message_is_written_in_pieces_and_each_counts_as_progress() {
        wire.pieces = 3;
        feed.begin(wire);
        offer("1");
        for (int piece = 0; piece < 3; piece++) {
            after(9);
            wire.taken();
        }
        assertThat(wire.written).containsExactly("1", "1", "1");
        assertThat(ends).isEmpty();
    }

    @Test
    void a_socket_that_takes_nothing_for_the_limit_is_cut() {
        feed.begin(wire);
        offer("1");
        after(9);
        assertThat(ends).isEmpty();
        after(1);
        assertThat(ends).containsExactly(End.STALLED);
        assertThat(wire.isCut).isTrue();
    }

    @Test
    void a_backlog_that_is_full_twice_is_cut_although_the_socket_hangs() {
        feed.begin(wire);
        offer("1");
        offer("2", "3", "4", "5");
        after(0);
        assertThat(ends).isEmpty();
        offer("6");
        after(0);
        assertThat(ends).containsExactly(End.LAGGED);
        assertThat(wire.isCut).isTrue();
    }

    @Test
    void a_sign_of_life_is_given_when_it_is_time_and_not_while_something_is_written() {
        feed.begin(wire);
        after(14);
        assertThat(wire.written).isEmpty();
        after(1);
        assertThat(wire.written).containsExactly("beat");
        after(9);
        wire.taken();
        after(5);
        after(1);
        assertThat(wire.written).as("on time again, not later by how long the first one took")
                .containsExactly("beat", "beat");
    }

    @Test
    void signs_of_life_that_were_missed_are_not_made_up_for() {
        feed.begin(wire);
        after(100);
        wire.taken();
        after(0);
        assertThat(wire.written).containsExactly("beat");
    }

    @Test
    void whoever_answers_no_ping_for_the_limit_is_cut() {
        wire.isAnswered = true;
        feed.begin(wire);
        for (int i = 0; i < 59; i++) {
            after(1);
            wire.takeAll();
        }
        feed.pong();
        for (int i = 0; i < 59; i++) {
            after(1);
            wire.takeAll();
        }
        assertThat(ends).isEmpty();
        after(1);
        assertThat(ends).containsExactly(End.SILENT);
        assertThat(wire.isCut).isTrue();
    }

    @Test
    void at_the_end_of_its_life_a_stream_says_goodbye_after_what_waits() {
        feed.begin(wire);
        offer("1", "2");
        now += seconds(1_800);
        feed.look();
        assertThat(ends).as("it hangs").containsExactly(End.STALLED);
    }

    @Test
    void at_the_end_of_its_life_it_ends_when_nothing_waits() {
        feed.begin(wire);
        now += seconds(1_795);
        offer("1", "2");
        after(6);
        assertThat(wire.goodbye).isNull();
        wire.takeAll();
        after(0);
        assertThat(wire.goodbye).isEqualTo(End.AGED);
        assertThat(ends).as("not before the transport has ended").isEmpty();
        wire.takeAll();
        assertThat(ends).containsExactly(End.AGED);
        assertThat(wire.isCut).isFalse();
    }

    @Test
    void a_goodbye_that_the_socket_does_not_take_is_cut_short() {
        feed.begin(wire);
        feed.end(End.STOPPED);
        after(10);
        assertThat(ends).containsExactly(End.STOPPED);
        assertThat(wire.isCut).isTrue();
    }

    @Test
    void a_key_that_was_withdrawn_gets_no_further_message() {
        feed.begin(wire);
        mayListen.set(false);
        offer("1");
        assertThat(wire.written).isEmpty();
        wire.takeAll();
        assertThat(ends).containsExactly(End.REVOKED);
    }

    @Test
    void a_key_that_was_withdrawn_ends_the_stream_although_nothing_changes() {
        feed.begin(wire);
        mayListen.set(false);
        after(0);
        assertThat(wire.goodbye).isEqualTo(End.REVOKED);
    }

    @Test
    void the_first_reason_counts_and_is_told_once() {
        feed.begin(wire);
        feed.end(End.AGED);
        feed.end(End.STOPPED);
        feed.gone();
        feed.gone();
        offer("1");
        assertThat(wire.written).isEmpty();
        assertThat(ends).containsExactly(End.AGED);
    }

    @Test
    void a_transport_that_comes_after_the_end_is_cut() {
        feed.end(End.STOPPED);
        feed.begin(wire);
        assertThat(wire.isCut).isTrue();
        assertThat(ends).containsExactly(End.STOPPED);
    }

    @Test
    void a_transport_that_does_not_come_is_not_waited_for() {
        after(10);
        assertThat(ends).containsExactly(End.STALLED);
    }

    @Test
    void a_write_that_fails_is_the_end() {
        feed.begin(wire);
        offer("1", "2");
        wire.fail();
        assertThat(ends).containsExactly(End.LEFT);
        assertThat(wire.written).containsExactly("1");
    }

    private void offer(String... messages) {
        for (String message : messages)
            feed.mailbox().offer(Message.of(Body.adopting((message + "\n").getBytes(StandardCharsets.UTF_8))));
        for (Runnable task; (task = loop.poll()) != null;) task.run();
    }

    private void after(long seconds) {
        now += seconds(seconds);
        feed.look();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    /// Takes nothing until it is told to.
    private static final class FakeWire implements Wire {
        private final List<String> written = new ArrayList<>();
        private final Queue<Promise<Void>> underWay = new ArrayDeque<>();
        private int pieces = 1;
        private boolean isAnswered;
        private boolean isCut;
        private End goodbye;

        void taken() {
            underWay.remove().complete();
        }

        void takeAll() {
            while (!underWay.isEmpty()) taken();
        }

        void fail() {
            underWay.remove().fail("on purpose");
        }

        private Future<Void> begin() {
            Promise<Void> promise = Promise.promise();
            underWay.add(promise);
            return promise.future();
        }

        @Override
        public int pieces(Message message) {
            return pieces;
        }

        @Override
        public long bytes(Message message) {
            return message.length();
        }

        @Override
        public Future<Void> write(Message message, int piece) {
            written.add(message.text().strip());
            return begin();
        }

        @Override
        public Future<Void> beat() {
            written.add("beat");
            return begin();
        }

        @Override
        public Duration beatEvery() {
            return Duration.ofSeconds(15);
        }

        @Override
        public boolean isAnswered() {
            return isAnswered;
        }

        @Override
        public Future<Void> end(End why) {
            goodbye = why;
            return begin();
        }

        @Override
        public void cut() {
            isCut = true;
        }
    }
}
