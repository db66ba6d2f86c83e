package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jackstaff.relay.Relay;
import dev.jackstaff.relay.RunningRelay;
import dev.jackstaff.relay.config.RelayConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the launcher runs once after a build, for the JVM to note which classes and methods a start needs (JEP 514,
/// JEP 515): every command on the example flags, and a relay that answers.
final class Rehearsal {
    private static final String CONTEXT = "{\"targetingKey\": \"user-1\", \"plan\": \"pro\"}";
    private static final int REQUESTS = 200, FLAGS = 1_000;

    private Rehearsal() {}

    /// @param arguments the folder with the examples, and a configuration of a relay on a port that is free, whose folder is
    ///                  for files that can be thrown away
    public static void main(String[] arguments) throws Exception {
        Path examples = Path.of(arguments[0]), config = Path.of(arguments[1]);
        for (String extension : List.of("yaml", "json", "toml"))
            commands(examples.resolve("flags." + extension).toString());
        Path many = Files.writeString(config.resolveSibling("many.yaml"), many());
        command("serve", "--check", "--config", config.toString(), many.toString());
        serve(config, List.of(examples.resolve("flags.yaml"), many));
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
        command("lint", flags);
        command("evaluate", flags, "--ctx", CONTEXT);
        command("explain", "new-checkout", flags, "--context", CONTEXT);
    }

    private static void command(String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int code = Jackstaff.run(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, arguments);
        if (code != 0) throw new IllegalStateException(String.join(" ", arguments) + " ended with " + code);
    }

    private static void serve(Path config, List<Path> flags) throws Exception {
        if (!(RelayConfig.read(config, flags) instanceof RelayConfig usable))
            throw new IllegalStateException(config + " cannot be used");
        try (RunningRelay relay = Relay.start(usable)) {
            for (int i = 0; i < REQUESTS; i++) request(relay.port());
        }
    }

    private static void request(int port) throws IOException {
        String body = "{\"context\": " + CONTEXT + "}";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /ofrep/v1/evaluate/flags/new-checkout HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ")) throw new IllegalStateException(answer);
        }
    }
}
