package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.OwnAnswerServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// T5 of the design for deadlines: requests with an id each, whose answers must carry that and nothing else. One thread,
/// HTTP/1.1 on connections that are kept.
///
/// An answer is 200 with the id in a header and as the whole body, or a refusal without any id. Which bytes belong to
/// which answer is told by `Content-Length`; what follows the last answer that is due is a second one.
final class OwnAnswers {
    private static final int ID = "own-0123456789abcdef".length(), MOST_FINDINGS = 20, NOBODY = -1;
    private static final long PATIENCE_MILLIS = 30_000;
    private static final byte[] END = bytes("\r\n\r\n"), LENGTH = bytes("\r\ncontent-length: "),
            OWN = bytes("\r\n" + OwnAnswerServer.ANSWERED + ": "), ANY = bytes("own-");

    /// What to ask.
    ///
    /// @param requests    in all
    /// @param connections kept all the time
    /// @param ahead       requests under way on each at once
    /// @param waiting     how many of a hundred go to the handler that waits
    /// @param resets      connections that are reset in the middle, for each million requests
    record Load(int port, long requests, int connections, int ahead, int waiting, int resets) {}

    /// What came of it.
    ///
    /// @param own      answers with their own id
    /// @param expired  504
    /// @param refused  503 and 408
    /// @param reset    requests under way on connections that were reset
    /// @param sum      of the ids that were answered
    /// @param findings foreign bytes, second, empty and missing answers; the first of them
    record Outcome(long own, long expired, long refused, long reset, long sum, List<String> findings) {
        Outcome {
            findings = List.copyOf(findings);
        }

        long answers() {
            return own + expired + refused;
        }
    }

    private final Load load;
    private final SplittableRandom random;
    private final Selector selector;
    private final Set<Connection> connections = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private long asked, own, expired, refused, reset, sum;

    private OwnAnswers(Load load, long seed) throws IOException {
        this.load = load;
        random = new SplittableRandom(seed);
        selector = Selector.open();
    }

    static Outcome run(Load load, long seed) throws IOException {
        return new OwnAnswers(load, seed).run();
    }

    private Outcome run() throws IOException {
        try (selector) {
            for (int i = 0; i < load.connections; i++) connections.add(new Connection());
            for (Connection connection : connections) connection.ask();
            while (own + expired + refused + reset < asked && findings.size() < MOST_FINDINGS) {
                if (selector.select(OwnAnswers::ready, PATIENCE_MILLIS) == 0) {
                    found("no answer for " + PATIENCE_MILLIS + " ms to " + (asked - own - expired - refused - reset));
                    break;
                }
            }
            for (Connection connection : connections) connection.end();
        }
        return new Outcome(own, expired, refused, reset, sum, findings);
    }

    private static void ready(SelectionKey key) {
        try {
            ((Connection) key.attachment()).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void found(String finding) {
        if (findings.size() < MOST_FINDINGS) findings.add(finding);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// One connection and the ids whose answers are due on it, in order.
    private final class Connection {
        private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        private final Deque<byte[]> due = new ArrayDeque<>();
        private SocketChannel channel = open();

        Connection() throws IOException {}

        private SocketChannel open() throws IOException {
            SocketChannel opened =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), load.port));
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.configureBlocking(false);
            opened.register(selector, SelectionKey.OP_READ, this);
            return opened;
        }

        void ask() throws IOException {
            StringBuilder out = new StringBuilder();
            while (due.size() < load.ahead && asked < load.requests) {
                asked++;
                String id = "own-" + HexFormat.of().toHexDigits(random.nextLong());
                due.add(bytes(id));
                out.append("GET ")
                        .append(random.nextInt(100) < load.waiting ? OwnAnswerServer.WAITING : OwnAnswerServer.INLINE)
                        .append(" HTTP/1.1\r\nHost: relay\r\n")
                        .append(OwnAnswerServer.ASKED)
                        .append(": ")
                        .append(id)
                        .append("\r\n\r\n");
            }
            if (out.isEmpty()) return;
            ByteBuffer bytes = ByteBuffer.wrap(bytes(out.toString()));
            // A few requests are smaller than a socket's buffer, and the server reads.
            while (bytes.hasRemaining()) channel.write(bytes);
        }

        void read() throws IOException {
            int count;
            try {
                count = channel.read(in);
            } catch (IOException e) {
                count = NOBODY;
            }
            if (count < 0) {
                lost();
                return;
            }
            takeAnswers();
            if (load.resets > 0 && !due.isEmpty() && random.nextInt(1_000_000) < load.resets) resetIt();
            if (due.size() <= load.ahead / 2) ask();
        }

        private void takeAnswers() {
            int from = 0;
            for (int end; (end = endOfAnswer(from)) > 0; from = end) {
                byte[] id = due.poll();
                if (id == null) found("a second answer: " + text(from, end));
                else
                    take(id, from, end);
            }
            in.flip().position(from);
            in.compact();
        }

        /// Where the answer that begins there ends; 0 when that has not come.
        private int endOfAnswer(int from) {
            int head = indexOf(END, from, in.position());
            if (head < 0) return 0;
            int length = indexOf(LENGTH, from, head + 2);
            int body = 0;
            if (length >= 0)
                for (int i = length + LENGTH.length; in.get(i) >= '0'; i++) body = 10 * body + in.get(i) - '0';
            int end = head + END.length + body;
            return end <= in.position() ? end : 0;
        }

        private void take(byte[] id, int from, int end) {
            int status = 100 * (in.get(from + 9) - '0') + 10 * (in.get(from + 10) - '0') + in.get(from + 11) - '0';
            switch (status) {
                case 200 -> {
                    int header = indexOf(OWN, from, end);
                    boolean isOwn = header > 0 && is(id, header + OWN.length) && is(id, end - ID)
                            && in.get(end - ID - 1) == '\n' && indexOf(ANY, header + OWN.length + ID, end - ID) < 0;
                    if (!isOwn) found(new String(id, StandardCharsets.US_ASCII) + " was answered " + text(from, end));
                    own++;
                    sum += Long.parseUnsignedLong(new String(id, 4, 16, StandardCharsets.US_ASCII), 16);
                }
                case 503, 504, 408 -> {
                    if (indexOf(ANY, from, end) >= 0) found("a refusal with an id: " + text(from, end));
                    if (status == 504) expired++;
                    else
                        refused++;
                }
                default -> {
                    found("status " + status + ": " + text(from, end));
                    refused++;
                }
            }
        }

        private void lost() throws IOException {
            found("closed with " + due.size() + " answers due, after " + text(0, in.position()));
            refused += due.size();
            again();
        }

        /// With whatever is under way on it.
        private void resetIt() throws IOException {
            reset += due.size();
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            again();
        }

        private void again() throws IOException {
            channel.close();
            due.clear();
            in.clear();
            channel = open();
        }

        void end() throws IOException {
            if (findings.isEmpty() && in.position() > 0) found("more than one answer: " + text(0, in.position()));
            channel.close();
        }

        private int indexOf(byte[] wanted, int from, int to) {
            byte[] bytes = in.array();
            outer : for (int i = from; i <= to - wanted.length; i++) {
                for (int j = 0; j < wanted.length; j++) if (bytes[i + j] != wanted[j]) continue outer;
                return i;
            }
            return NOBODY;
        }

        private boolean is(byte[] id, int at) {
            for (int i = 0; i < id.length; i++) if (in.get(at + i) != id[i]) return false;
            return true;
        }

        private String text(int from, int to) {
            return new String(in.array(), from, to - from, StandardCharsets.US_ASCII).replace("\r\n", " | ");
        }
    }
}
