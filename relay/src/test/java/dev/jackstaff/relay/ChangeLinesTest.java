package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.relay.config.RelayConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the log tells of flags that change: the lines of GO Feature Flag's log notifier, as they stand on standard error.
class ChangeLinesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String START = flag("same", "") + flag("gone", "") + flag("off", "")
            + flag("on", ", disable: true") + flag("edited", "");
    private static final String EDIT = flag("same", "") + flag("off", ", disable: true") + flag("on", "")
            + flag("edited", ", version: '2'") + flag("new", "");
    private static final List<String> EDITED = List.of(
            "flag removed: gone", "flag added: new", "flag is turned OFF: off", "flag is turned ON: on",
            "flag updated: edited");

    private static final Pattern LINE = Pattern.compile("\"msg\":\"([^\"]*)\"(?:.*\"key\":\"([^\"]*)\")?.*}");

    @TempDir
    Path folder;

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void speakAgain() {
        System.setErr(standardError);
    }

    private static String flag(String key, String rest) {
        return key + ": {variations: {a: A, b: B}, defaultRule: {variation: a}" + rest + "}\n";
    }

    @Test
    void each_flag_that_changes_gets_a_line() throws Exception {
        try (RunningRelay _ = start("")) {
            awaitFlagLines(5);
            edit();
            assertThat(awaitFlagLines(10).subList(5, 10)).containsExactlyInAnyOrderElementsOf(EDITED);
        }
    }

    @Test
    void flags_that_are_there_from_the_start_are_told_of_once_the_relay_listens() throws Exception {
        try (RunningRelay _ = start("")) {
            List<String> told = awaitFlagLines(5);
            assertThat(told).allMatch(line -> line.startsWith("flag added: "));
            assertThat(lines()).containsSubsequence("listening", told.getFirst());
        }
    }

    @Test
    void after_a_quiet_start_only_later_changes_are_told_of() throws Exception {
        try (RunningRelay _ = start("disableNotifierOnInit: true\n")) {
            edit();
            assertThat(awaitFlagLines(EDITED.size())).containsExactlyInAnyOrderElementsOf(EDITED);
        }
    }

    @Test
    void flags_of_a_flag_set_that_comes_with_a_reload_are_told_of() throws Exception {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), flag("first", ""));
        Path others = Files.writeString(folder.resolve("others.yaml"), flag("second", ""));
        String one = "hideBanner: true\nserver: {host: 127.0.0.1, port: 0}\nflagsets:\n" + flagSet("one", flags);
        Path config = Files.writeString(folder.resolve("relay.yaml"), one);
        try (RunningRelay _ = Relay.start((RelayConfig) RelayConfig.read(config, List.of()))) {
            assertThat(awaitFlagLines(1)).containsExactly("flag added: first");
            Files.writeString(config, one + flagSet("two", others));
            assertThat(awaitFlagLines(2)).containsExactly("flag added: first", "flag added: second");
        }
    }

    private static String flagSet(String name, Path flags) {
        return "  - {name: %s, apiKeys: [key-%s], retrievers: [{kind: file, path: '%s'}]}%n".formatted(name, name,
                flags);
    }

    private RunningRelay start(String more) throws Exception {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), START);
        Path config = Files.writeString(folder.resolve("relay.yaml"), """
                hideBanner: true
                server: {host: 127.0.0.1, port: 0}
                pollingInterval: 1000
                retriever: {kind: file, path: '%s'}
                """.formatted(flags) + more);
        return Relay.start((RelayConfig) RelayConfig.read(config, List.of()));
    }

    private void edit() throws Exception {
        Files.writeString(folder.resolve("flags.yaml"), EDIT);
    }

    /// The lines about flags, once there are so many.
    private List<String> awaitFlagLines(int many) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            List<String> told = lines().stream().filter(line -> line.startsWith("flag ")).toList();
            if (told.size() >= many) return told;
            assertThat(Instant.now()).as("%d lines by then, so far %s", many, told).isBefore(end);
            Thread.onSpinWait();
        }
    }

    /// What each line says, and of which flag.
    private List<String> lines() {
        return LINE.matcher(written.toString(StandardCharsets.UTF_8))
                .results()
                .map(line -> line.group(2) == null ? line.group(1) : line.group(1) + ": " + line.group(2))
                .toList();
    }
}
