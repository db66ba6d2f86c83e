package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Asks a server the same questions over and over, and compares every answer with the one it gave at the beginning, byte
/// for byte. One thread, few connections that are kept, one request at a time on each.
///
/// What the caller's threads see is only a count of answers; everything else belongs to the thread of the load.
final class Load implements AutoCloseable {
    private static final int KEPT_FINDINGS = 20;
    private static final long JOIN_MILLIS = 30_000;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// What came of it.
    ///
    /// @param answered  requests with an answer, right or wrong
    /// @param different those whose answer was another than at the beginning
    /// @param failed    requests without a whole answer
    /// @param findings  the first of both, for people
    record Outcome(long answered, long different, long failed, List<String> findings) {
        Outcome {
            findings = List.copyOf(findings);
        }
    }

    private final InetSocketAddress address;
    private final List<Question> questions;
    private final List<byte[]> answers = new ArrayList<>();
    private final int connections;
    private final Pace pace;
    private final Selector selector;
    private final Thread thread;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final List<String> findings = new ArrayList<>();

    private volatile boolean stopped; // writer: stop
    private volatile long allowed; // requests to send in all; writer: who calls start and answer
    private volatile @Nullable Thread waiter; // writer: who waits
    private volatile long answered; // writer: the thread of the load, as of all below
    private long sent;
    private long different;
    private long failed;

    private Load(int port, List<Question> questions, int connections, Pace pace) throws IOException {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.questions = List.copyOf(questions);
        this.connections = connections;
        this.pace = pace;
        for (Question question : questions) answers.add(question.answerOf(port));
        selector = Selector.open();
        thread = new Thread(this::run, "load");
        thread.start();
    }

    /// When the next request is due.
    private sealed interface Pace {
        /// How many are due in all, that long after the begin.
        long dueAfter(long nanos);

        /// How long to wait for the next one, at most; 0 for as long as nothing happens.
        long waitMillis(long nanos, long sent);

        record PerSecond(int requests) implements Pace {
            @Override
            public long dueAfter(long nanos) {
                return nanos * requests / TimeUnit.SECONDS.toNanos(1) + 1;
            }

            @Override
            public long waitMillis(long nanos, long sent) {
                return Math.max(1,
                        (sent * TimeUnit.SECONDS.toMillis(1) / requests) - TimeUnit.NANOSECONDS.toMillis(nanos));
            }
        }

        record AsAnswersCome() implements Pace {
            @Override
            public long dueAfter(long nanos) {
                return Long.MAX_VALUE;
            }

            @Override
            public long waitMillis(long nanos, long sent) {
                return 0;
            }
        }
    }

    /// Notes the answers of now, and asks from now on.
    static Load start(int port, List<Question> questions, int connections, int perSecond) throws IOException {
        Load load = new Load(port, questions, connections, new Pace.PerSecond(perSecond));
        load.allow(Long.MAX_VALUE);
        return load;
    }

    /// Notes the answers of now, and asks when told to ([#answer]).
    static Load paused(int port, List<Question> questions, int connections) throws IOException {
        return new Load(port, questions, connections, new Pace.AsAnswersCome());
    }

    /// Asks `requests` times, and waits for all the answers.
    void answer(long requests) {
        allow(allowed + requests);
        await(allowed);
    }

    /// Waits until `more` requests have been answered from here on.
    void awaitMore(long more) {
        await(answered + more);
    }

    private void allow(long requests) {
        allowed = requests;
        selector.wakeup();
    }

    private void await(long enough) {
        waiter = Thread.currentThread();
        while (answered < enough) {
            if (!thread.isAlive()) throw new IllegalStateException("the load has ended: " + findings);
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
        waiter = null;
    }

    /// Sends nothing more, waits for the answers that are due, and tells what came of it all.
    Outcome stop() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) throw new IllegalStateException("the load does not end");
        return new Outcome(answered, different, failed, findings);
    }

    @Override
    public void close() {
        if (thread.isAlive()) stop();
    }

    private void run() {
        try (selector) {
            for (int i = 0; i < connections; i++) idle.add(new Connection());
            long begun = System.nanoTime();
            while (!stopped || idle.size() < connections) {
                boolean all = stopped || sent >= allowed;
                if (!all) send(Math.min(allowed, pace.dueAfter(System.nanoTime() - begun)));
                boolean blocked = all || idle.isEmpty();
                selector.select(Connection::ready, blocked ? 0 : pace.waitMillis(System.nanoTime() - begun, sent));
            }
            for (Connection connection : idle) connection.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(long due) throws IOException {
        for (Connection next; sent < due && (next = idle.poll()) != null;) next.send((int) (sent++ % questions.size()));
    }

    private void count() {
        long now = answered + 1;
        answered = now;
        Thread waiting = waiter;
        if (waiting != null && idle.size() == connections) LockSupport.unpark(waiting);
    }

    private void found(String finding) {
        if (findings.size() < KEPT_FINDINGS) findings.add(finding);
    }

    /// One connection, idle or waiting for one answer.
    private final class Connection {
        private final ByteBuffer in = ByteBuffer.allocate(256 * 1024);
        private SocketChannel channel;
        private int question;
        private boolean waiting;

        Connection() throws IOException {
            channel = Sockets.connect(address, selector, this);
        }

        void send(int number) throws IOException {
            question = number;
            waiting = true;
            in.clear();
            ByteBuffer out = ByteBuffer.wrap(questions.get(number).request());
            try {
                // A request is smaller than a socket's buffer, and nothing else is in there.
                while (out.hasRemaining()) channel.write(out);
            } catch (IOException e) {
                lost(e.toString());
            }
        }

        static void ready(SelectionKey key) {
            try {
                ((Connection) key.attachment()).read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read() throws IOException {
            int count;
            try {
                count = channel.read(in);
            } catch (IOException e) {
                lost(e.toString());
                return;
            }
            if (count < 0) lost("closed by the server");
            else if (isDifferent()) changed();
            else if (in.position() == answers.get(question).length) done();
        }

        private boolean isDifferent() {
            byte[] expected = answers.get(question);
            int length = in.position();
            return length > expected.length || Arrays.mismatch(expected, 0, length, in.array(), 0, length) >= 0;
        }

        private void done() {
            waiting = false;
            idle.add(this);
            count();
        }

        /// Where another answer ends is not known, so the connection is given up.
        private void changed() throws IOException {
            different++;
            found(new String(questions.get(question).request(), StandardCharsets.UTF_8).lines().findFirst().orElse("")
                    + " was answered " + new String(in.array(), 0, in.position(), StandardCharsets.UTF_8));
            reconnect();
            count();
        }

        private void lost(String why) throws IOException {
            failed++;
            found(why);
            reconnect();
        }

        private void reconnect() throws IOException {
            channel.close();
            channel = Sockets.connect(address, selector, this);
            if (waiting) idle.add(this);
            waiting = false;
        }
    }
}
