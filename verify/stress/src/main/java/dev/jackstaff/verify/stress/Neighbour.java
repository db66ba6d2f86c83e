package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Who has slow peers and does nothing for them: takes a connection, reads nothing, and closes it after a while, so that as many come
/// each second as come to a relay. What they cost beside it is what they cost the machine, whoever has them.
final class Neighbour {
    private static final long LIFE = Duration.ofMillis(12_500).toNanos();
    private static final int BACKLOG = 1_024;

    private record Guest(SocketChannel channel, long until) {}

    private Neighbour() {}

    public static void main(String[] arguments) throws IOException {
        try (Selector selector = Selector.open(); ServerSocketChannel door = ServerSocketChannel.open()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            door.configureBlocking(false);
            door.register(selector, SelectionKey.OP_ACCEPT);
            System.err.println("{\"msg\":\"listening\",\"port\":" + door.socket().getLocalPort() + "}");
            receive(door, selector);
        }
    }

    private static void receive(ServerSocketChannel door, Selector selector) throws IOException {
        Deque<Guest> guests = new ArrayDeque<>(); // who came first is first
        while (true) {
            Guest next = guests.peek();
            long left = next == null ? LIFE : next.until - System.nanoTime();
            int _ = left > 0
                    ? selector.select(_ -> {}, Duration.ofNanos(left).toMillis() + 1)
                    : selector.selectNow(_ -> {});
            for (SocketChannel guest; (guest = door.accept()) != null;)
                guests.add(new Guest(guest, System.nanoTime() + LIFE));
            while ((next = guests.peek()) != null && next.until - System.nanoTime() <= 0)
                guests.remove().channel.close();
        }
    }
}
