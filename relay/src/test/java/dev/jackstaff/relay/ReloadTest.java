package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.http.RawClient;
import dev.jackstaff.relay.http.RawClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys and flag sets of a running server, over real sockets and files.
class ReloadTest {
    private static final String CONTEXT = "{\"context\":{\"targetingKey\":\"u\"}}";

    @TempDir
    Path folder;

    @Test
    void each_key_sees_the_flags_of_its_own_flag_set_and_no_other() throws Exception {
        flags("a", "only-a");
        flags("b", "only-b");
        try (RunningRelay relay = start(flagSet("a", "ka") + flagSet("b", "kb"))) {
            for (String path : List.of("/ofrep/v1/evaluate/flags", "/v1/allflags")) {
                assertThat(post(relay, path, "ka").body()).contains("only-a").doesNotContain("only-b");
                assertThat(post(relay, path, "kb").body()).contains("only-b").doesNotContain("only-a");
                assertThat(post(relay, path, "ek").body())
                        .isEqualTo("{\"message\":\"error while getting flagset: flagset not found for API key\"}\n");
                assertThat(post(relay, path, "stranger").status()).isEqualTo(401);
            }
            assertThat(value(relay, "only-b", "ka")).isEqualTo(404);
            assertThat(value(relay, "only-b", "kb")).isEqualTo(200);
            assertThat(RawClient.get(relay.port(), "/info").body())
                    .matches("\\{\"cacheRefresh\":\"[^\"]+\",\"flagsets\":\\{\"a\":\"[^\"]+\",\"b\":\"[^\"]+\"}}\n");
        }
    }

    /// R-D22.
    @Test
    void a_flag_set_that_cannot_be_loaded_keeps_the_relay_from_being_ready_until_it_is() throws Exception {
        flags("a", "one");
        try (RunningRelay relay = start(flagSet("a", "ka") + flagSet("late", "kl"))) {
            assertThat(value(relay, "one", "ka")).isEqualTo(200);
            Answer waiting = RawClient.get(relay.port(), "/readyz");
            assertThat(waiting.status()).isEqualTo(503);
            assertThat(waiting.body()).contains(
                    "\"a\":{\"ready\":true,\"state\":\"fresh\"",
                    "\"late\":{\"ready\":false,\"state\":\"never loaded\",\"since\":");
            assertThat(RawClient.get(relay.port(), "/livez").status()).isEqualTo(200);
            flags("late", "two");
            await(() -> RawClient.get(relay.port(), "/readyz").status() == 200);
            assertThat(value(relay, "two", "kl")).isEqualTo(200);
        }
    }

    @Test
    void flag_sets_and_keys_come_go_and_change_while_requests_are_answered() throws Exception {
        flags("a", "one");
        flags("b", "two");
        flags("c", "three");
        try (RunningRelay relay = start(flagSet("a", "ka") + flagSet("b", "kb"))) {
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Long> client = CompletableFuture.supplyAsync(() -> askUntil(done, relay.port()));
            write(flagSet("a", "ka, ka2") + flagSet("c", "kc"));
            await(() -> value(relay, "three", "kc") == 200);
            assertThat(value(relay, "one", "ka2")).as("both keys are valid while one replaces the other")
                    .isEqualTo(200);
            assertThat(value(relay, "two", "kb")).isEqualTo(401);
            write(flagSet("a", "ka").replace("a.yaml", "b.yaml"));
            await(() -> value(relay, "two", "ka") == 200);
            assertThat(value(relay, "one", "ka2")).isEqualTo(401);
            assertThat(value(relay, "one", "ka")).as("another file").isEqualTo(404);
            done.set(true);
            assertThat(client.get(20, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    void a_broken_configuration_changes_nothing_and_is_told_without_its_keys() throws Exception {
        flags("a", "one");
        flags("b", "two");
        try (RunningRelay relay = start(flagSet("a", "ka"));
                LogLines log = new LogLines()) {
            for (String broken : List.of(
                    "flagsets: [\n", flagSet("a", ""), "logLevel: nonsense\n" + flagSet("a", "top-secret"),
                    flagSet("a", "top-secret") + flagSet("b", "top-secret"))) {
                write(broken);
                log.await("configuration not reloaded");
                assertThat(value(relay, "one", "ka")).isEqualTo(200);
                assertThat(value(relay, "one", "top-secret")).isEqualTo(401);
            }
            write(flagSet("a", "ka, other-secret"));
            await(() -> value(relay, "one", "other-secret") == 200);
            assertThat(value(relay, "one", "top-secret")).isEqualTo(401);
            assertThat(log.all()).isNotEmpty();
            assertThat(log.all().toString()).doesNotContain("top-secret").doesNotContain("other-secret");
        }
    }

    /// R-D25.
    @Test
    void what_was_protected_does_not_become_open() throws Exception {
        flags("a", "one");
        String file = "retriever: {kind: file, path: '" + folder.resolve("a.yaml") + "'}\n";
        try (RunningRelay relay = start(file + "authorizedKeys: {evaluation: [k1]}\n");
                LogLines log = new LogLines()) {
            for (String open : List.of(
                    file, file + "authorizedKeys: {evaluation: []}\n", file + "authorizedKeys: {admin: [k3]}\n",
                    flagSet("a", "k4"))) {
                write(open);
                log.await("configuration not reloaded");
                assertThat(value(relay, "one", "k1")).isEqualTo(200);
                assertThat(value(relay, "one", "k4")).isEqualTo(401);
                assertThat(RawClient.post(relay.port(), "/v1/allflags", "{}").status()).isEqualTo(401);
            }
            write(file + "authorizedKeys: {evaluation: [k2]}\n");
            await(() -> value(relay, "one", "k2") == 200);
            assertThat(value(relay, "one", "k1")).isEqualTo(401);
        }
    }

    @Test
    void an_open_relay_can_be_closed_without_a_restart() throws Exception {
        flags("a", "one");
        String file = "retriever: {kind: file, path: '" + folder.resolve("a.yaml") + "'}\n";
        try (RunningRelay relay = start(file)) {
            assertThat(value(relay, "one", "anything")).isEqualTo(200);
            write(file + "authorizedKeys: {evaluation: [k1]}\n");
            await(() -> value(relay, "one", "anything") == 401);
            assertThat(value(relay, "one", "k1")).isEqualTo(200);
        }
    }

    /// R-D22.
    @Test
    void a_flag_set_that_cannot_be_loaded_keeps_nobody_else_and_is_served_when_it_can() throws Exception {
        flags("a", "one");
        try (RunningRelay relay =
                start("authorizedKeys: {admin: [root]}\n" + flagSet("a", "ka") + flagSet("b", "kb"))) {
            assertThat(value(relay, "one", "ka")).isEqualTo(200);
            Answer answer = post(relay, "/v1/allflags", "kb");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isBetween("3", "7");
            assertThat(refresh(relay, "", "root")).as("of what is served").isEqualTo("{\"refreshed\":true}\n");
            assertThat(refresh(relay, "?flagset=b", "root")).isEqualTo("{\"refreshed\":false}\n");
            flags("b", "two");
            await(() -> value(relay, "two", "kb") == 200);
        }
    }

    @Test
    void when_no_flag_set_can_be_loaded_it_does_not_start() throws Exception {
        RelayConfig config = config(flagSet("a", "ka") + flagSet("b", "kb"));
        assertThatThrownBy(() -> Relay.start(config))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("a.yaml")
                .hasMessageContaining("b.yaml");
    }

    @Test
    void a_flag_set_whose_new_source_has_nothing_keeps_its_old_one_and_gets_the_new_keys() throws Exception {
        flags("a", "one");
        try (RunningRelay relay = start(flagSet("a", "ka"))) {
            write(flagSet("a", "kn").replace("a.yaml", "absent.yaml"));
            await(() -> value(relay, "one", "kn") == 200);
            assertThat(value(relay, "one", "ka")).isEqualTo(401);
        }
    }

    @Test
    void a_secret_in_a_file_of_its_own_is_watched_like_the_configuration() throws Exception {
        flags("a", "one");
        Path secret = Files.writeString(folder.resolve("secret"), "k1\n");
        try (RunningRelay relay = start(flagSet("a", "'file:" + secret + "'"))) {
            assertThat(value(relay, "one", "k1")).isEqualTo(200);
            replace(secret, "k2\n");
            await(() -> value(relay, "one", "k2") == 200);
            assertThat(value(relay, "one", "k1")).isEqualTo(401);
        }
    }

    /// R-D23.
    @Test
    void an_admin_key_refreshes_all_flag_sets_a_named_one_or_its_own() throws Exception {
        flags("a", "one");
        flags("b", "two");
        String text = (flagSet("a", "ka, both") + flagSet("b", "kb")).replace("1000", "3600000");
        try (RunningRelay relay = start("authorizedKeys: {admin: [root, both]}\n" + text)) {
            flags("a", "newer-one");
            flags("b", "newer-two");
            assertThat(refresh(relay, "", "both")).isEqualTo("{\"refreshed\":true}\n");
            assertThat(value(relay, "newer-one", "ka")).isEqualTo(200);
            assertThat(value(relay, "newer-two", "kb")).as("not its own").isEqualTo(404);
            assertThat(refresh(relay, "?flagset=b", "both")).isEqualTo("{\"refreshed\":true}\n");
            assertThat(value(relay, "newer-two", "kb")).isEqualTo(200);
            flags("a", "one");
            Files.delete(folder.resolve("b.yaml"));
            assertThat(refresh(relay, "?flagset=a", "root")).isEqualTo("{\"refreshed\":true}\n");
            assertThat(refresh(relay, "", "root")).as("one failed").isEqualTo("{\"refreshed\":false}\n");
            assertThat(value(relay, "one", "ka")).isEqualTo(200);
            assertThat(value(relay, "newer-two", "kb")).as("stays").isEqualTo(200);
            assertThat(refresh(relay, "?flagset=c", "root")).isEqualTo("{\"message\":\"there is no flagset c\"}\n");
            assertThat(refresh(relay, "", "ka")).isEqualTo("{\"message\":\"code=401, message=Unauthorized\"}\n");
        }
    }

    private static String refresh(RunningRelay relay, String query, String key) throws IOException {
        return post(relay, "/admin/v1/retriever/refresh" + query, key).body();
    }

    private String flagSet(String name, String keys) {
        return "  - name: " + name + "\n    apiKeys: [" + keys + "]\n    retriever: {kind: file, path: '"
                + folder.resolve(name + ".yaml") + "'}\n    pollingInterval: 1000\n";
    }

    private void flags(String name, String flag) throws IOException {
        replace(folder.resolve(name + ".yaml"),
                flag + ": {variations: {v: " + flag + "}, defaultRule: {variation: v}}\n");
    }

    private RunningRelay start(String text) throws Exception {
        return Relay.start(config(text));
    }

    private RelayConfig config(String text) throws IOException {
        write(text);
        ConfigReading reading = RelayConfig.read(folder.resolve("goff-proxy.yaml"), List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return (RelayConfig) reading;
    }

    /// @param text begins with an item of `flagsets`, or is a configuration of its own
    private void write(String text) throws IOException {
        int first = text.indexOf("  - name");
        String flagSets = first < 0
                ? text
                : (first == 0 ? "authorizedKeys: {evaluation: [ek]}\n" : text.substring(0, first)) + "flagsets:\n"
                        + text.substring(first);
        replace(folder.resolve("goff-proxy.yaml"),
                "server: {host: 127.0.0.1, port: 0}\nhideBanner: true\n"
                        + (text.contains("logLevel") ? "" : "logLevel: error\n") + flagSets);
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Answer post(RunningRelay relay, String path, String key) throws IOException {
        String body = path.startsWith("/ofrep") ? CONTEXT : "{\"user\":{\"key\":\"u\"}}";
        return RawClient.post(relay.port(), path, body, "X-API-Key: " + key);
    }

    private static int value(RunningRelay relay, String flag, String key) throws IOException {
        return post(relay, "/ofrep/v1/evaluate/flags/" + flag, key).status();
    }

    /// With a key that every configuration has: no answer may be anything but 200 or, once the flag has moved, 404.
    private static long askUntil(AtomicBoolean done, int port) {
        try (RawClient client = new RawClient(port)) {
            long asked = 0;
            for (; !done.get(); asked++)
                assertThat(client.send("POST", "/ofrep/v1/evaluate/flags/one", CONTEXT, "X-API-Key: ka").status())
                        .isIn(200, 404);
            return asked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.call()) assertThat(Instant.now()).as("in time").isBefore(end);
    }
}
