package dev.jackstaff.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/// Counts frames of HTTP/2 that cost their sender nothing and ask nothing of the relay: pings, settings, priorities, and those
/// of unknown types. The library bounds requests at a time, resets, pieces of heads, empty frames, and answers to such frames
/// that are not taken; where they are taken, it would answer for ever.
///
/// It reads frame heads (RFC 9113, 4.1), from the first byte of the connection on, and keeps nothing else. For the event loop of
/// its connection alone.
final class FrameBudget extends ChannelInboundHandlerAdapter {
    private static final String HTTP_2 = "h2";
    private static final int PREFACE = 24, HEAD = 9, TYPE_AT = 3, LENGTH_BYTES = 3;
    private static final int DATA = 0, HEADERS = 1, RESET = 3, GO_AWAY = 7, WINDOW_UPDATE = 8, CONTINUATION = 9;

    private long skip = PREFACE;
    private int at; // in the head of a frame
    private int length;
    private int counted;
    private final SslHandler tls;
    private final Runnable exhausted;

    /// @param tls       knows whether the connection speaks HTTP/2 when the first byte comes; otherwise there is nothing to count
    /// @param exhausted closes the connection
    FrameBudget(SslHandler tls, Runnable exhausted) {
        this.tls = tls;
        this.exhausted = exhausted;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!HTTP_2.equals(tls.applicationProtocol())) {
            context.pipeline().remove(this);
        } else if (message instanceof ByteBuf bytes && !takes(bytes)) {
            bytes.release();
            exhausted.run();
            return;
        }
        context.fireChannelRead(message);
    }

    /// Whether there is some left of the budget.
    private boolean takes(ByteBuf bytes) {
        int from = bytes.readerIndex(), to = bytes.writerIndex();
        while (from < to) {
            if (skip > 0) {
                int step = (int) Math.min(skip, to - from);
                skip -= step;
                from += step;
            } else {
                read(bytes.getUnsignedByte(from++));
            }
        }
        return counted <= Limits.CONTROL_FRAMES;
    }

    private void read(int octet) {
        if (at < LENGTH_BYTES) length = length << Byte.SIZE | octet;
        else if (at == TYPE_AT && isCounted(octet))
            counted++;
        if (++at < HEAD) return;
        skip = length;
        at = 0;
        length = 0;
    }

    private static boolean isCounted(int type) {
        return switch (type) {
            case DATA, HEADERS, RESET, GO_AWAY, WINDOW_UPDATE, CONTINUATION -> false;
            default -> true;
        };
    }

    /// The time is over for which the budget is meant.
    void renew() {
        counted = 0;
    }
}
