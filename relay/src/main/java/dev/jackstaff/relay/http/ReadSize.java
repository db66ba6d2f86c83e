package dev.jackstaff.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;

/// How much is read from one connection in a turn: once, and not more than this. All of it is decoded at once, and a request that
/// is sent ahead takes many times its bytes then; so the rest had better wait as bytes, with the system.
///
/// A body is kept as it is, or dropped: of that more is read at once, up to its end. What has come of it with its head is read with
/// that, in the same turn: else there would be thousands of bodies that have begun, and each would be moved by several collections of
/// garbage before it is whole.
final class ReadSize implements RecvByteBufAllocator {
    /// Of a body that has not told its length, or of what is encrypted.
    static final int MOST = 16 * 1024;

    /// Of a connection of which a head is expected: some ten requests that are sent ahead.
    static final int AHEAD = 2 * 1024;

    /// The same of one that has sent requests ahead: each of those is some thirty objects for as long as it waits decoded.
    static final int FURTHER_AHEAD = 512;

    /// Of a body.
    static final int BULK = 64 * 1024;

    private static final RecvByteBufAllocator ADAPTIVE =
            new AdaptiveRecvByteBufAllocator(64, AHEAD, MOST).maxMessagesPerRead(1);

    private final Peer peer;

    ReadSize(Peer peer) {
        this.peer = peer;
    }

    // The library's own, and deprecated there.
    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new DelegatingHandle(ADAPTIVE.newHandle()) {
            private int reads; // in this turn

            @Override
            public void reset(ChannelConfig config) {
                reads = 0;
                super.reset(config);
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator buffers) {
                reads++;
                int bytes = peer.expects();
                return bytes > 0 ? buffers.ioBuffer(bytes) : super.allocate(buffers);
            }

            @Override
            public boolean continueReading() {
                boolean mayBeMore = lastBytesRead() == attemptedBytesRead() && attemptedBytesRead() < BULK;
                return reads == 1 && mayBeMore && peer.isInBody();
            }
        };
    }
}
