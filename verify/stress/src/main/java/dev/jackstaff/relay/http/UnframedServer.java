package dev.jackstaff.relay.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Planted: a server whose answers say neither how long they are nor where they end, so that one that was cut short looks whole.
final class UnframedServer {
    private static final String LENGTH = "Content-Length: ";

    private UnframedServer() {}

    /// Serves until the process ends.
    static void serve() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            System.err.println("{\"msg\":\"listening\",\"port\":" + server.getLocalPort() + "}");
            while (true) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> answer(socket));
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                OutputStream out = socket.getOutputStream()) {
            int length = 0;
            for (String line; (line = in.readLine()) != null && !line.isEmpty();)
                if (line.startsWith(LENGTH)) length = Integer.parseInt(line.substring(LENGTH.length()));
            char[] id = new char[length];
            for (int at = 0; at < length;) at += Math.max(0, in.read(id, at, length - at));
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.write(FailpointServer.large(new String(id)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
