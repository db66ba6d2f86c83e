package dev.jackstaff.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 server on a real socket whose answers are bytes, so that they can be late, slow, cut off or wrong.
///
/// One thread a connection, connections are kept until one side ends them. Thread-safe.
public final class RawServer implements AutoCloseable {
    private static final int BACKLOG = 50;

    /// Answers one request. What it throws ends the connection.
    @FunctionalInterface
    public interface Script {
        /// Called once a request, by the connection's thread.
        void answer(Request request, Exchange exchange) throws Exception;
    }

    /// A request as it came.
    ///
    /// @param head its first line and headers, without the empty line
    /// @param body as text
    public record Request(String head, String body) {

        /// Method, target and version.
        public String line() {
            return head.lines().findFirst().orElse("");
        }

        /// The first value of a header; null when it is absent.
        public @Nullable String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger dripped = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Script script;

    public RawServer(Script script) throws IOException {
        this.script = script;
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        thread("accept", this::accept);
    }

    /// Answers with another script from the next request on.
    public void serves(Script script) {
        this.script = script;
    }

    /// The address of the server, without a slash at the end.
    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /// What was asked so far.
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /// How many connections were accepted so far.
    public int connections() {
        return connections.get();
    }

    /// How many exchanges so far were still being answered when the client went away.
    public int abandoned() {
        return given.get();
    }

    /// How many bytes have gone out one by one so far, with 20 ms after each.
    public int dripped() {
        return dripped.get();
    }

    /// An answer with a `Content-Length`.
    ///
    /// @param head status and headers after `HTTP/1.1 `, lines separated by a line feed
    public static byte[] answer(String head, String body) {
        return answer(head, body.getBytes(UTF_8));
    }

    /// An answer with a `Content-Length`.
    public static byte[] answer(String head, byte[] body) {
        String text = "HTTP/1.1 " + head + "\nContent-Length: " + body.length + "\n\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        for (Socket socket : open) socket.close();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                thread("connection", () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    // A script that throws ends its connection and nothing else.
    @SuppressWarnings("CatchingUnchecked")
    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                script.answer(request, new Exchange(socket));
                if (socket.isClosed()) return;
            }
        } catch (Exception ended) {
            // the client sees it
        } finally {
            open.remove(socket);
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) return null;
            head.write(next);
        }
        Request request = new Request(head.toString(ISO_8859_1).strip(), "");
        String length = request.header("Content-Length");
        byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
        return new Request(request.head(), new String(body, UTF_8));
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, "raw-server-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /// One answer under way. Used by the connection's thread only.
    public final class Exchange {
        private static final int PACE_MILLIS = 20;

        private final Socket socket;
        private final OutputStream out;

        private Exchange(Socket socket) throws IOException {
            this.socket = socket;
            out = socket.getOutputStream();
        }

        /// Writes bytes at once.
        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /// Writes bytes one by one with a pause after each, until they are out or the client goes away.
        public void drip(byte[] bytes) throws IOException, InterruptedException {
            try {
                for (byte next : bytes) {
                    out.write(next);
                    out.flush();
                    dripped.incrementAndGet();
                    if (closing.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) return;
                }
            } catch (IOException gone) {
                given.incrementAndGet();
                throw gone;
            }
        }

        /// Says nothing until the client goes away.
        public void stall() throws IOException {
            int said = socket.getInputStream().read();
            given.incrementAndGet();
            throw new IOException("the client went away, " + said);
        }

        /// Ends the connection in order.
        public void end() throws IOException {
            socket.close();
        }

        /// Ends the connection as a crashed machine does.
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
