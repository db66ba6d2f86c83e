package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A connection is read once a turn, and once more where a body has begun of which more has come.
// The library's own handle is deprecated there.
@SuppressWarnings("deprecation")
class ReadSizeTest {
    private static final int BODY = 36_000;

    private final Peer peer =
            new Peer(new Connections(Limits.DEFAULT, new HeadRefusals(List.of()), false), null, false);
    private final EmbeddedChannel channel = new EmbeddedChannel(peer);
    private final RecvByteBufAllocator.Handle turn = new ReadSize(peer).newHandle();

    @BeforeEach
    void begin() {
        turn.reset(channel.config());
    }

    @AfterEach
    void close() {
        var _ = channel.close();
    }

    /// @return how many bytes there was room for
    private int read(int come) {
        var buffer = turn.allocate(ByteBufAllocator.DEFAULT);
        int room = buffer.writableBytes();
        buffer.release();
        turn.attemptedBytesRead(room);
        turn.lastBytesRead(Math.min(room, come));
        turn.incMessagesRead(1);
        return room;
    }

    @Test
    void what_has_come_of_a_body_is_read_with_its_head_and_then_it_is_the_turn_of_others() {
        assertThat(read(BODY)).isEqualTo(ReadSize.AHEAD);
        peer.expects(BODY);
        assertThat(turn.continueReading()).isTrue();
        assertThat(read(BODY)).isEqualTo(BODY);
        peer.expects(10 * BODY);
        assertThat(turn.continueReading()).isFalse();
        begin();
        assertThat(read(10 * BODY)).isEqualTo(ReadSize.BULK);
        assertThat(turn.continueReading()).isFalse();
    }

    @Test
    void requests_that_are_sent_ahead_wait_for_the_next_turn() {
        read(BODY);
        peer.expects(0);
        assertThat(turn.continueReading()).isFalse();
    }

    @Test
    void of_a_body_of_which_no_more_has_come_nothing_more_is_read() {
        read(1_000);
        peer.expects(BODY);
        assertThat(turn.continueReading()).isFalse();
    }

    @Test
    void a_body_that_has_to_wait_is_not_read() {
        read(BODY);
        peer.expects(BODY);
        peer.stopsReading();
        assertThat(turn.continueReading()).isFalse();
        peer.readsOn();
        assertThat(turn.continueReading()).isTrue();
        peer.breakOff(ConnectionEnd.REFUSED);
        assertThat(turn.continueReading()).isFalse();
    }
}
