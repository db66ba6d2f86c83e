package dev.jackstaff.verify.stress;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// HTTP/1.1, one request at a time, byte for byte.
final class Connection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final Closeable closeable;
    private final InputStream in;
    private final OutputStream out;

    private Connection(Socket socket) throws IOException {
        closeable = socket;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    private Connection(SocketChannel channel) {
        closeable = channel;
        in = Channels.newInputStream(channel);
        out = Channels.newOutputStream(channel);
    }

    static Connection to(int port) throws IOException {
        return new Connection(socket(port));
    }

    static Connection to(Path unixSocket) throws IOException {
        return new Connection(SocketChannel.open(UnixDomainSocketAddress.of(unixSocket)));
    }

    /// After a handshake.
    static Connection over(SSLContext tls, int port) throws IOException {
        Socket plain = socket(port);
        try {
            SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            socket.startHandshake();
            return new Connection(socket);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket socket(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /// An answer, head and body.
    ///
    /// @throws EOFException when it ends within the answer
    /// @throws IOException  when it ends before it
    String answer() throws IOException {
        String head = head();
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) throw new EOFException("an answer without a length: " + head);
        int bytes = Integer.parseInt(length.group(1));
        byte[] body = new byte[0];
        try {
            body = in.readNBytes(bytes);
        } catch (IOException e) {
            // told below
        }
        if (body.length < bytes) throw new EOFException(head);
        return head + new String(body, StandardCharsets.UTF_8);
    }

    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next;
            try {
                next = in.read();
            } catch (IOException e) {
                if (head.isEmpty()) throw e;
                next = -1;
            }
            if (next < 0 && head.isEmpty()) throw new IOException("closed before the answer");
            if (next < 0) throw new EOFException(head.toString());
            head.append((char) next);
        }
        return head.toString();
    }

    /// Ends it at once, whatever is under way.
    void reset() throws IOException {
        if (closeable instanceof Socket socket) socket.setSoLinger(true, 0);
        closeable.close();
    }

    @Override
    public void close() throws IOException {
        closeable.close();
    }
}
