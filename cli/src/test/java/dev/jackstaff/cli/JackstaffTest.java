package dev.jackstaff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JackstaffTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"serve", "evaluate", "lint", "explain"})
    void every_command_helps_with_examples_and_tells_its_version(String command) {
        CommandLineRun help = CommandLineRun.of(command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: jackstaff " + command, "Examples:", "  jackstaff " + command + " ",
                "Exit codes:");
        assertThat(CommandLineRun.of(command, "--version").out()).startsWith("jackstaff ");
    }

    @Test
    void without_a_command_the_next_step_is_told() {
        assertThat(CommandLineRun.of()).isEqualTo(
                new CommandLineRun(2, "", "ERROR: Missing required subcommand\n  see: jackstaff --help\n"));
        assertThat(CommandLineRun.of("--help").out()).contains("serve", "evaluate", "lint", "explain", "Examples:");
        assertThat(CommandLineRun.of("--version").out()).startsWith("jackstaff ");
    }

    @Test
    void a_mistyped_command_or_option_is_told_with_what_was_meant() {
        CommandLineRun command = CommandLineRun.of("evalute");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("evaluate").contains("see: jackstaff --help");
        CommandLineRun option = CommandLineRun.of("lint", "--stric", "f.yaml");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("--strict").contains("see: jackstaff lint --help");
    }

    @Test
    void a_wrong_value_of_an_option_is_told_with_the_right_ones() {
        CommandLineRun run = CommandLineRun.of("lint", "--output", "xml", "f.yaml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("TEXT, JSON, GITHUB");
    }

    @Test
    void serve_tells_what_is_wrong_with_configuration_flags_or_port() throws IOException {
        String none = folder.resolve("none.yaml").toString();
        CommandLineRun configuration = CommandLineRun.of("serve", "--config", none);
        assertThat(configuration.exitCode()).isEqualTo(1);
        assertThat(configuration.err())
                .startsWith("ERROR: error executing command: the configuration cannot be used\n  " + none
                        + ": error: no such file");
        CommandLineRun flags = CommandLineRun.of("serve", none);
        assertThat(flags.exitCode()).isEqualTo(1);
        assertThat(flags.err()).contains("ERROR: error executing command: the flags cannot be loaded")
                .contains("none.yaml");
        Files.writeString(folder.resolve("flags.yaml"), "f: {variations: {a: 1}, defaultRule: {variation: a}}\n");
        try (ServerSocket taken = new ServerSocket(0)) {
            String config = Files.writeString(folder.resolve("config.yaml"),
                    "hideBanner: true\nserver: {host: 0.0.0.0, port: "
                            + taken.getLocalPort() + "}\nretriever: {kind: file, path: " + folder.resolve("flags.yaml")
                            + "}\n")
                    .toString();
            CommandLineRun port = CommandLineRun.of("serve", "-c", config);
            assertThat(port.exitCode()).isEqualTo(1);
            assertThat(port.err()).contains("cannot listen on 0.0.0.0:" + taken.getLocalPort());
        }
    }

    @Test
    void serve_check_prints_what_is_in_force_and_binds_and_retrieves_nothing() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            Path config = Files.writeString(folder.resolve("config.yaml"), """
                    server: {port: %d}
                    retriever: {kind: http, url: 'http://user:in-the-url@nowhere.invalid/flags', headers: {Authorization: [Bearer in-a-header]}}
                    authorizedKeys: {evaluation: [in-a-list]}
                    enablePprof: true
                    """.formatted(port));
            CommandLineRun run = CommandLineRun.of("serve", "--check", "--config", config.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.lines()).contains(
                    "server.port: " + port + "  (" + config + ":1:16)",
                    "logLevel: info  (default)",
                    "retriever.url: http://***@nowhere.invalid/flags  (" + config + ":2:30)");
            assertThat(run.err()).contains("config.yaml:4:1: warning: enablePprof: not part of this version");
            assertThat(run.out()).doesNotContain("in-the-url", "in-a-header", "in-a-list", "Jackstaff");
        }
    }

    @Test
    void serve_check_refuses_what_the_start_refuses_with_the_same_message() throws IOException {
        String config = Files.writeString(folder.resolve("config.yaml"), "logLevel: loud\n").toString();
        CommandLineRun start = CommandLineRun.of("serve", "--config", config);
        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.err()).contains("unrecognized level").contains("no retriever available");
        assertThat(CommandLineRun.of("serve", "--config", config, "--check")).isEqualTo(start);
    }
}
