package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// Connections that one thread serves.
final class Sockets {
    private Sockets() {}

    /// Connects, and is told of what can be read from then on.
    ///
    /// @param reader attached to the key
    static SocketChannel connect(SocketAddress address, Selector selector, Object reader) throws IOException {
        SocketChannel connected = SocketChannel.open(address);
        connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connected.configureBlocking(false);
        connected.register(selector, SelectionKey.OP_READ, reader);
        return connected;
    }
}
