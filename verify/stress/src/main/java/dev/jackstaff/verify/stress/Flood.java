package dev.jackstaff.verify.stress;

import static java.util.Objects.requireNonNull;

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
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Calls that come at their own pace, whatever becomes of those before them, over many connections. Whoever is refused asks
/// again at once, a few times; nobody waits longer than his patience. One thread, and requests that are encoded once: it is much
/// cheaper to ask than to answer.
///
/// An answer is the one the server gave at the beginning, byte for byte, or it is 503 with `Retry-After`; all else is a finding.
final class Flood implements AutoCloseable {
    private static final long NANOS = 1_000_000_000;
    private static final int KEPT_FINDINGS = 20;
    private static final int LONGEST_REFUSAL = 4_096;
    private static final long JOIN_MILLIS = 60_000;
    private static final long FIRST_ANSWER = 20 * NANOS;
    private static final String REFUSAL = "HTTP/1.1 503 ";

    /// @param connections on which one request at a time is asked
    /// @param retries     after a refusal
    /// @param patience    nanoseconds after which an answer is of no use any more
    /// @param atOnce      calls that are made at once when this thread is late, which no server can make it: those that became
    ///                    due before these are left out, as they would wait for each other
    /// @param pause       nanoseconds after which it looks for answers again; 0 to be woken by each, which costs the server's core
    ///                    an interrupt for this one's, and callers on other machines do not
    record Effort(
            int port, List<Question> questions, int connections, int retries, long patience, int atOnce, long pause) {
        Effort {
            questions = List.copyOf(questions);
        }
    }

    /// What came of a time.
    ///
    /// @param seconds   how long it was
    /// @param calls     that became due
    /// @param leftOut   of those, since this thread was late
    /// @param good      answers that came in time
    /// @param late      answers that came too late
    /// @param refusals  503, retries among them
    /// @param givenUp   calls that were refused to the end, or not made since every connection waited for an answer
    /// @param times     from asking to each answer that is no refusal
    /// @param fresh     calls that were made in this time alone
    record Outcome(double seconds, long calls, long leftOut, long good, long late, long refusals, long givenUp,
            Times times, Fresh fresh, List<String> findings) {
        Outcome {
            findings = List.copyOf(findings);
        }

        /// Milliseconds within which half of the answers were there.
        double half() {
            return times.within(0.5);
        }

        /// The same for 99 % of them.
        double most() {
            return times.within(0.99);
        }

        double goodPerSecond() {
            return good / seconds;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "%,.0f answers/s, %,d late; %,.0f calls/s, %,.0f refusals/s, %,d calls given up; answers within %.1f ms (half),"
                            + " %.1f ms (99 %%), %.1f ms (all); to calls of this time %.1f ms (99 %%), %,d refusals %s",
                    goodPerSecond(), late, calls / seconds, refusals / seconds, givenUp, half(), most(),
                    times.within(1),
                    fresh.most, fresh.refusals, findings);
        }
    }

    /// What came of calls that were made in a time, without what was left of the time before.
    ///
    /// @param refusals as above
    /// @param givenUp  as above
    /// @param most     milliseconds from the call to its answer, of 99 % of them; one that is still waited for counts with the time it
    ///                 has had
    record Fresh(long refusals, long givenUp, double most) {}

    private final Effort effort;
    private final InetSocketAddress address;
    private final List<byte[]> answers = new ArrayList<>();
    private final Selector selector;
    private final Thread thread;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> all = new ArrayList<>();

    private volatile double perSecond; // writer: pace
    private volatile boolean stopped; // writer: stop
    private volatile boolean rounded; // whether a new count is asked for; set by count, taken back by the thread
    private final AtomicLong allowed = new AtomicLong(Long.MAX_VALUE); // calls still to be made
    private volatile boolean isQuiet; // whether no answer is awaited; writer: the thread
    private long asked;

    // All below belongs to the thread, but while it waits for a count to be taken.
    private long calls, leftOut, good, late, refusals, givenUp, freshRefusals, freshGivenUp, from;
    private final Taken times = new Taken(), freshTimes = new Taken();
    private List<String> findings = new ArrayList<>();
    private final Object turn = new Object();
    private @Nullable Outcome counted;

    private Flood(Effort effort) throws IOException {
        this.effort = effort;
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), effort.port);
        for (Question question : effort.questions) answers.add(answer(question));
        selector = Selector.open();
        thread = new Thread(this::run, "flood");
    }

    /// The answer that is no refusal: what was asked before may still be under way.
    private byte[] answer(Question question) throws IOException {
        for (long end = System.nanoTime() + FIRST_ANSWER;;) {
            byte[] answer = question.answerOf(effort.port);
            if (!new String(answer, StandardCharsets.US_ASCII).startsWith(REFUSAL)) return answer;
            if (System.nanoTime() - end >= 0) throw new IOException("refused again and again");
            LockSupport.parkNanos(this, FIRST_ANSWER / 1_000);
        }
    }

    /// Notes the answers of now, connects, and asks nothing yet.
    static Flood start(Effort effort) throws IOException {
        Flood flood = new Flood(effort);
        for (int i = 0; i < effort.connections; i++) flood.all.add(flood.new Connection());
        flood.idle.addAll(flood.all);
        flood.thread.start();
        return flood;
    }

    /// So many calls a second from here on; infinitely many for as many as get an answer.
    void pace(double perSecond) {
        this.perSecond = perSecond;
        selector.wakeup();
    }

    /// What has come since the last count. Waits for it.
    Outcome count() {
        synchronized (turn) {
            rounded = true;
            selector.wakeup();
            while (rounded) {
                try {
                    turn.wait(JOIN_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
                if (rounded && !thread.isAlive()) throw new IllegalStateException("the flood has ended: " + findings);
            }
            return requireNonNull(counted);
        }
    }

    /// Asks for a time, and tells what came of it.
    Outcome during(double seconds) {
        Outcome _ = count();
        long end = System.nanoTime() + (long) (seconds * NANOS);
        for (long left; (left = end - System.nanoTime()) > 0;)
            LockSupport.parkNanos(this, left);
        return count();
    }

    /// Asks nothing more, until it is told to, and waits for all answers.
    void rest() {
        pace(0);
        Outcome _ = count();
        while (!isQuiet) LockSupport.parkNanos(this, NANOS / 1_000);
    }

    /// Asks on all connections at once, again and again, so many times in all, and waits for all answers.
    Outcome answers(long many) {
        Outcome _ = count();
        allowed.set(many);
        pace(Double.POSITIVE_INFINITY);
        while (allowed.get() > 0 || !isQuiet) LockSupport.parkNanos(this, NANOS / 1_000);
        pace(0);
        return count();
    }

    /// Asks nothing more, and closes.
    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) throw new IllegalStateException("the flood does not end");
    }

    private void run() {
        try (selector) {
            long last = System.nanoTime();
            from = last;
            double owed = 0;
            while (!stopped) {
                long now = System.nanoTime();
                double pace = perSecond;
                if (Double.isInfinite(pace)) {
                    while (!idle.isEmpty() && allowed.get() > 0) {
                        isQuiet = false;
                        allowed.decrementAndGet();
                        call();
                    }
                } else {
                    owed += pace * (now - last) / NANOS;
                    for (; owed >= effort.atOnce + 1.0; owed--) leaveOut();
                    for (; owed >= 1; owed--) call();
                }
                last = now;
                isQuiet = idle.size() == effort.connections;
                if (rounded) round(now);
                if (effort.pause == 0) selector.select(Connection::ready, 1);
                else {
                    LockSupport.parkNanos(this, effort.pause);
                    selector.selectNow(Connection::ready);
                }
            }
            for (SelectionKey key : selector.keys()) key.channel().close();
        } catch (IOException e) {
            found(e.toString());
            throw new UncheckedIOException(e);
        }
    }

    private void leaveOut() {
        calls++;
        leftOut++;
    }

    private void call() throws IOException {
        calls++;
        Connection free = idle.poll();
        if (free == null) {
            givenUp++;
            freshGivenUp++;
        } else {
            free.ask((int) (asked++ % answers.size()));
        }
    }

    private void round(long now) {
        for (Connection each : all) if (each.waits && each.begun >= from) freshTimes.add(now - each.begun);
        Fresh fresh = new Fresh(freshRefusals, freshGivenUp, freshTimes.take().within(0.99));
        synchronized (turn) {
            counted = new Outcome(
                    (now - from) / (double) NANOS, calls, leftOut, good, late, refusals, givenUp, times.take(),
                    fresh, findings);
            rounded = false;
            turn.notifyAll();
        }
        from = now;
        calls = leftOut = good = late = refusals = givenUp = freshRefusals = freshGivenUp = 0;
        findings = new ArrayList<>();
    }

    /// Those that are being measured, in nanoseconds.
    private static final class Taken {
        private long[] nanos = new long[1 << 12];
        private int count;

        void add(long time) {
            if (count == nanos.length) nanos = Arrays.copyOf(nanos, 2 * count);
            nanos[count++] = time;
        }

        /// All of them; from here on there are none.
        Times take() {
            Times all = Times.of(nanos, count);
            count = 0;
            return all;
        }
    }

    private void found(String finding) {
        if (findings.size() < KEPT_FINDINGS) findings.add(finding);
    }

    /// One connection, idle or waiting for one answer.
    private final class Connection {
        private ByteBuffer in = ByteBuffer.allocate(1 << 14), out = ByteBuffer.allocate(0);
        private SocketChannel channel;
        private int question, retries;
        private long begun, sent;
        private boolean waits; // for an answer

        Connection() throws IOException {
            channel = Sockets.connect(address, selector, this);
        }

        void ask(int question) throws IOException {
            this.question = question;
            retries = effort.retries;
            begun = System.nanoTime();
            waits = true;
            send(begun);
        }

        private void send(long now) throws IOException {
            sent = now;
            in.clear();
            out = ByteBuffer.wrap(effort.questions.get(question).request());
            write();
        }

        /// What fits now; the rest when there is room again.
        private void write() throws IOException {
            int _ = channel.write(out);
            SelectionKey key = requireNonNull(channel.keyFor(selector), "registered");
            int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) key.interestOps(wanted);
        }

        static void ready(SelectionKey key) {
            Connection connection = (Connection) key.attachment();
            try {
                if (key.isWritable()) connection.write();
                if (key.isReadable()) connection.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read() throws IOException {
            int count = channel.read(in);
            long now = System.nanoTime();
            if (count < 0) {
                lost("closed by the server");
                return;
            }
            byte[] expected = answers.get(question);
            int length = in.position();
            if (Arrays.mismatch(expected, 0, Math.min(length, expected.length), in.array(), 0, length) < 0) {
                if (length == expected.length) answered(now);
                else if (!in.hasRemaining()) in = ByteBuffer.allocate(expected.length + 1).put(in.flip());
            } else {
                refused();
            }
        }

        private void answered(long now) {
            if (now - begun <= effort.patience) good++;
            else
                late++;
            times.add(now - sent);
            if (begun >= from) freshTimes.add(now - begun);
            rest();
        }

        private void rest() {
            waits = false;
            idle.add(this);
        }

        private void refused() throws IOException {
            String answer =
                    new String(in.array(), 0, Math.min(LONGEST_REFUSAL, in.position()), StandardCharsets.US_ASCII);
            int head = answer.indexOf("\r\n\r\n");
            if (head < 0) return;
            String lower = answer.substring(0, head).toLowerCase(Locale.ROOT) + "\r\n";
            int length = lower.indexOf("content-length: ");
            int bytes = length < 0
                    ? 0
                    : Integer.parseInt(lower.substring(length + 16, lower.indexOf('\r', length)));
            if (in.position() < head + 4 + bytes) return;
            if (!answer.startsWith(REFUSAL) || !lower.contains("\r\nretry-after: ")) {
                lost("was answered " + answer);
                return;
            }
            refusals++;
            boolean isFresh = begun >= from;
            if (isFresh) freshRefusals++;
            // The rest of a large body is not asked for.
            if (lower.contains("\r\nconnection: close\r\n")) connectAgain();
            long now = System.nanoTime();
            if (retries-- > 0 && !stopped) {
                send(now);
            } else {
                givenUp++;
                if (isFresh) freshGivenUp++;
                rest();
            }
        }

        private void lost(String why) throws IOException {
            found(why);
            connectAgain();
            rest();
        }

        private void connectAgain() throws IOException {
            channel.close();
            channel = Sockets.connect(address, selector, this);
        }
    }
}
