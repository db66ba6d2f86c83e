package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the launcher runs once after a build, for the JVM to note which classes and methods a start needs (JEP 514,
/// JEP 515): every command on the example flags, and last a relay that answers until a signal ends it and the process. What a
/// start does and is not rehearsed here takes several times as long.
final class Rehearsal {
    private static final String CONTEXT = "{\"targetingKey\": \"user-1\", \"plan\": \"pro\"}";
    private static final String BODY = "{\"context\": " + CONTEXT + "}";
    private static final int REQUESTS = 200, FLAGS = 1_000, FAILED = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60), PAUSE = Duration.ofMillis(20);

    private Rehearsal() {}

    /// @param arguments the folder with the examples, and one for files that can be thrown away
    public static void main(String[] arguments) throws Exception {
        Path examples = Path.of(arguments[0]), folder = Path.of(arguments[1]);
        for (String extension : List.of("yaml", "json", "toml"))
            command("lint", examples.resolve("flags." + extension).toString());
        commands(examples.resolve("flags.yaml").toString());
        Path many = Files.writeString(folder.resolve("many.yaml"), many());
        int port = freePort();
        String config = Files.writeString(folder.resolve("relay.yaml"), """
                server: {host: 127.0.0.1, port: %d}
                retrievers:
                  - {kind: file, path: '%s'}
                  - {kind: file, path: '%s'}
                """.formatted(port, examples.resolve("flags.yaml"), many)).toString();
        command("serve", "--check", "--config", config);
        Thread.ofPlatform().daemon().start(() -> useAndStop(port));
        Jackstaff.main(new String[]{"serve", "--config", config});
    }

    /// As many as make the JVM compile what loads them.
    private static String many() {
        return IntStream.range(0, FLAGS)
                .mapToObj(number -> """
                flag-%d:
                  variations: {"on": true, "off": false}
                  targeting:
                    - {name: staff, query: email ew "@example.com" and level gt %d, variation: "on"}
                  defaultRule: {percentage: {"on": %d, "off": %d}}
                  metadata: {owner: "team %d"}
                """.formatted(number, number % 7, number % 100, 100 - number % 100, number % 10))
                .collect(Collectors.joining());
    }

    private static void commands(String flags) {
        command("--help");
        command("evaluate", flags, "--ctx", CONTEXT);
        command("explain", "new-checkout", flags, "--context", CONTEXT);
    }

    private static void command(String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int code = Jackstaff.run(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, arguments);
        if (code != 0) throw new IllegalStateException(String.join(" ", arguments) + " ended with " + code);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    @SuppressWarnings("SystemExitOutsideMain")
    private static void useAndStop(int port) {
        try {
            awaitReady(port);
            for (int i = 0; i < REQUESTS; i++)
                request(port,
                        "POST /ofrep/v1/evaluate/flags/new-checkout HTTP/1.1\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + BODY.length() + "\r\n",
                        BODY);
            new ProcessBuilder("sh", "-c", "kill -TERM " + ProcessHandle.current().pid()).inheritIO().start();
        } catch (IOException | RuntimeException e) {
            System.err.println("the rehearsal failed: " + e);
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static void awaitReady(int port) throws IOException {
        for (long end = System.nanoTime() + PATIENCE.toNanos();;) {
            try {
                request(port, "GET /readyz HTTP/1.1\r\n", "");
                return;
            } catch (ConnectException e) {
                if (System.nanoTime() - end >= 0) throw e;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static void request(int port, String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Host: localhost\r\nConnection: close\r\n\r\n" + body).getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ")) throw new IllegalStateException(answer);
        }
    }
}
