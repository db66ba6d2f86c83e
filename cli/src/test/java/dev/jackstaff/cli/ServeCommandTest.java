package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `serve` as a process of its own, asked over a socket and stopped by a signal.
class ServeCommandTest {
    private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath();
    private static final Pattern PORT = Pattern.compile("\"msg\":\"listening\".*\"port\":(\\d+)");
    /// The command and the answer below it.
    private static final Pattern CURL =
            Pattern.compile("curl -s localhost:1031(\\S+) .* -d '(.*)'\\s+```json\\n(.*\\n)```");

    @TempDir
    Path folder;

    @Test
    void the_question_of_the_readme_gets_its_answer_and_sigterm_ends_with_exit_code_0() throws Exception {
        Matcher curl = CURL.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(curl.find()).isTrue();
        Path config = Files.writeString(folder.resolve("config.yaml"),
                "server: {host: 127.0.0.1, port: 0}\nhideBanner: true\n");
        Process process = jackstaff("serve", "--config", config.toString(), EXAMPLES.resolve("flags.yaml").toString());
        try (BufferedReader log = process.errorReader(UTF_8); HttpClient client = HttpClient.newHttpClient()) {
            String answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(log) + curl.group(1)))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(curl.group(2)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            assertThat(answer).isEqualTo(curl.group(3));
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void output_is_utf_8_whatever_the_locale_and_the_exit_code_is_that_of_the_command() throws Exception {
        Process process =
                jackstaff("evaluate", EXAMPLES.resolve("flags.yaml").toString(), "--flag", "banner-text\u00e9");
        try (BufferedReader err = process.errorReader(UTF_8)) {
            assertThat(err.readLine()).endsWith("flag banner-text\u00e9 is not present or disabled");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process jackstaff(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), "-Dstderr.encoding=US-ASCII", Jackstaff.class.getName());
        builder.command().addAll(List.of(arguments));
        return builder.start();
    }

    private static String port(BufferedReader log) throws IOException {
        for (String line; (line = log.readLine()) != null;) {
            Matcher port = PORT.matcher(line);
            if (port.find()) return port.group(1);
        }
        throw new AssertionError("the relay has ended before it listened");
    }
}
