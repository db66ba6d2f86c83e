package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A message that drips is read now and then, and one that comes at its own pace at once.
class DripTest {
    private static final String LITTLE = "x".repeat(500), MUCH = "x".repeat(3_000);

    private final Peer peer =
            new Peer(new Connections(Limits.DEFAULT, new HeadRefusals(List.of()), false), null, false);
    private final List<Long> bodyTimes = new ArrayList<>(); // that a body was judged by
    private int asked; // to read
    private long now = 1_000;

    /// Stands in for what decodes: `!` ends a head, `>` a head that has a body, `.` a body; at `|` nothing more is to be read.
    private final ChannelInboundHandlerAdapter decoder = new ChannelInboundHandlerAdapter() {
        private final Peer.Visit visit = new Peer.Visit() {
            @Override
            public boolean look(long now) {
                bodyTimes.add(now);
                return false;
            }

            @Override
            public boolean seesStalls() {
                return false;
            }

            @Override
            public void left() {}

            @Override
            public boolean isWhole() {
                return true;
            }
        };

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            String text = bytes.toString(StandardCharsets.US_ASCII);
            bytes.release();
            text.chars().forEach(this::decode);
        }

        private void decode(int sign) {
            if (sign == '!' || sign == '>') peer.begins(visit, 100);
            if (sign == '>') peer.expects(100_000);
            if (sign == '!' || sign == '.') peer.ends(visit);
            if (sign == '|') peer.stopsReading();
        }
    };
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext context) {
                    if (!context.channel().config().isAutoRead()) asked++;
                    context.read();
                }
            }, peer, decoder);

    @AfterEach
    void close() {
        var _ = channel.close();
    }

    private void comes(String bytes) {
        boolean _ = channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) peer.look(now += 1_000);
    }

    private boolean rests() {
        return !channel.config().isAutoRead();
    }

    /// As a peer that drips is seen at two looks in a row.
    private void drips(String first) {
        comes(first);
        look(1);
        assertThat(rests()).as("it may only just have begun").isFalse();
        comes(LITTLE);
        look(1);
        assertThat(rests()).isTrue();
    }

    @Test
    void a_head_that_drips_is_read_at_every_fourth_look() {
        drips("GET");
        look(3);
        assertThat(asked).isZero();
        look(1);
        assertThat(asked).isEqualTo(1);
        comes("x");
        assertThat(rests()).isTrue();
        look(8);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void when_it_is_whole_the_connection_is_read_as_usual() {
        drips("GET");
        comes("x!");
        assertThat(rests()).isFalse();
        look(8);
        assertThat(rests()).as("between requests").isFalse();
        comes("GET!");
        look(1);
        comes("GET");
        look(1);
        comes("!GET!G");
        look(1);
        assertThat(rests()).as("another message each time").isFalse();
    }

    @Test
    void a_message_that_is_long_in_coming_does_not_wait_when_it_comes() {
        comes("GET");
        look(8);
        assertThat(rests()).isFalse();
        comes("x");
        look(1);
        assertThat(rests()).isTrue();
    }

    @Test
    void when_more_comes_it_is_read_as_usual() {
        drips("GET");
        comes(MUCH);
        assertThat(rests()).isFalse();
    }

    @Test
    void a_body_is_another_message_and_judged_by_when_it_was_read() {
        drips("GET");
        comes("x>");
        assertThat(rests()).isFalse();
        drips(LITTLE);
        long rested = now;
        bodyTimes.clear();
        look(4);
        assertThat(bodyTimes).containsOnly(rested);
        look(1);
        assertThat(bodyTimes).last().isEqualTo(rested + 4_000);
        comes("x.");
        assertThat(rests()).isFalse();
    }

    @Test
    void what_comes_fast_is_no_drip_and_who_stops_reading_is_not_overruled() {
        comes("GET");
        look(1);
        comes(MUCH);
        look(1);
        assertThat(rests()).isFalse();
        comes("!");
        drips("GET");
        comes("x>|");
        assertThat(rests()).as("stopped by another").isTrue();
        look(8);
        assertThat(asked).isZero();
    }
}
