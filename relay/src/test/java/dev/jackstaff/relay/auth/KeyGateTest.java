package dev.jackstaff.relay.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.relay.config.AuthorizedKeys;
import dev.jackstaff.relay.config.KeyDigest;
import dev.jackstaff.relay.http.Credentials;
import dev.jackstaff.relay.http.Gatekeeper.Administrator;
import dev.jackstaff.relay.http.Gatekeeper.Client;
import dev.jackstaff.relay.http.Gatekeeper.Pass;
import dev.jackstaff.relay.http.OpenGate;
import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.ResponseText;
import dev.jackstaff.relay.http.ServedFlagSet;
import dev.jackstaff.relay.http.Style;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyGateTest {
    private static final ServedFlagSet FLAGS =
            new OpenGate.Fixed("default", Snapshot.empty(CompileOptions.DEFAULT));
    private static final KeyGate GATE = gate(
            Access.toOne(FLAGS, new AuthorizedKeys(keys("eval-key", "second key", "clé"), keys("admin-key"))));
    private static final String NONE = "missing key in request header";
    private static final String NO_BEARER = "invalid key in the request header";
    private static final String UNKNOWN = "invalid key";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Bearer eval-key | ",
        "bearer eval-key | ",
        "BEARER eval-key | ",
        "Bearer second key | ",
        "Bearer admin-key | ",
        "eval-key | invalid key in the request header",
        "`Bearer  eval-key` | invalid key",
        "Bearer | invalid key in the request header",
        "Basic eval-key | invalid key in the request header",
        "`Bearer\teval-key` | invalid key in the request header",
        "`` | invalid key in the request header",
        "Bearer wrong | invalid key",
        "Bearer eval-keyx | invalid key",
        "Bearer EVAL-KEY | invalid key",
        "Bearer second | invalid key",
        "Bearer eval-key, Bearer wrong | invalid key",
    })
    void a_key_in_the_authorization_header_is_taken_as_it_stands(String line, @Nullable String refusal) {
        assertThat(refusal(GATE.client(authorization(line), Style.COMPACT))).isEqualTo(refusal);
    }

    @Test
    void an_api_key_decides_alone_and_an_empty_one_is_none() {
        String unknown = "code=401, message=Unauthorized";
        assertThat(byApiKey("eval-key", List.of("Bearer wrong"))).isNull();
        assertThat(byApiKey("wrong", List.of("Bearer eval-key"))).isEqualTo(unknown);
        assertThat(byApiKey("Bearer eval-key", List.of())).isEqualTo(unknown);
        assertThat(byApiKey("", List.of("Bearer eval-key"))).isNull();
        assertThat(byApiKey("", List.of())).isEqualTo(NONE);
    }

    @Test
    void authorization_lines_are_tried_in_order_up_to_the_twentieth() {
        assertThat(byLines("Bearer wrong", "Bearer eval-key")).isNull();
        assertThat(byLines("Basic abc", "Bearer eval-key")).isNull();
        assertThat(byLines("Basic abc", "Digest x")).isEqualTo(NO_BEARER);
        List<String> many = new ArrayList<>(Collections.nCopies(19, "Bearer wrong"));
        many.add("Bearer eval-key");
        assertThat(byLines(many.toArray(String[]::new))).isNull();
        many.add(19, "Bearer wrong");
        assertThat(byLines(many.toArray(String[]::new))).isEqualTo(UNKNOWN);
    }

    @Test
    void keys_are_compared_as_bytes() {
        String asSent = new String("clé".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(byLines("Bearer " + asSent)).isNull();
        assertThat(byLines("Bearer clé")).isEqualTo(UNKNOWN);
    }

    @Test
    void only_an_admin_key_opens_admin_routes() {
        assertThat(refusal(GATE.administrator(authorization("Bearer admin-key"), Style.COMPACT))).isNull();
        assertThat(refusal(GATE.administrator(authorization("Bearer eval-key"), Style.COMPACT))).isEqualTo(UNKNOWN);
        assertThat(refusal(GATE.administrator(authorization("Bearer eval-key", "Bearer admin-key"), Style.COMPACT)))
                .isNull();
        KeyGate open = gate(Access.toOne(FLAGS, AuthorizedKeys.NONE));
        assertThat(refusal(open.administrator(authorization(), Style.COMPACT))).isEqualTo(NONE);
    }

    @Test
    void an_admin_key_alone_does_not_close_evaluation() {
        KeyGate gate = gate(Access.toOne(FLAGS, new AuthorizedKeys(Set.of(), keys("root"))));
        assertThat(refusal(gate.client(authorization(), Style.COMPACT))).isNull();
        assertThat(refusal(gate.client(authorization("Bearer wrong"), Style.COMPACT))).isNull();
        assertThat(refusal(gate.administrator(authorization("Bearer root"), Style.COMPACT))).isNull();
    }

    @Test
    void a_subscribers_key_is_in_the_query_and_nowhere_else() {
        assertThat(bySubscription("eval-key")).isNull();
        assertThat(bySubscription("wrong")).isEqualTo("Unauthorized");
        assertThat(bySubscription("")).isEqualTo("Unauthorized");
        assertThat(bySubscription(null)).isEqualTo("Unauthorized");
        assertThat(refusal(GATE.subscriber(authorization("Bearer eval-key"), Style.COMPACT))).isEqualTo("Unauthorized");
        KeyGate open = gate(Access.toOne(FLAGS, AuthorizedKeys.NONE));
        assertThat(refusal(open.subscriber(authorization(), Style.COMPACT))).isNull();
    }

    @Test
    void a_pass_holds_for_as_long_as_its_key_opens_the_same_flag_set() {
        ServedFlagSet other = new OpenGate.Fixed("other", Snapshot.empty(CompileOptions.DEFAULT));
        AtomicReference<Access> access = new AtomicReference<>();
        KeyGate gate = new KeyGate(access::get);
        access.set(Access.byKey(Map.of(FLAGS, keys("k1", "k2")), AuthorizedKeys.NONE));
        Pass first = pass(gate, "k1"), second = pass(gate, "k2");
        assertThat(first.flagSet()).isSameAs(FLAGS);
        access.set(Access.byKey(Map.of(FLAGS, keys("k1"), other, keys("k2")), AuthorizedKeys.NONE));
        assertThat(first.holds().getAsBoolean()).isTrue();
        assertThat(second.holds().getAsBoolean()).as("moved to another flag set").isFalse();
        access.set(Access.byKey(Map.of(other, keys("k2")), AuthorizedKeys.NONE));
        assertThat(first.holds().getAsBoolean()).as("removed").isFalse();
        access.set(Access.toOne(FLAGS, AuthorizedKeys.NONE));
        Pass open = pass(gate, null);
        assertThat(open.holds().getAsBoolean()).isTrue();
        access.set(Access.toOne(FLAGS, new AuthorizedKeys(keys("k1"), keys())));
        assertThat(open.holds().getAsBoolean()).as("closed to those without a key").isFalse();
    }

    private static Pass pass(KeyGate gate, @Nullable String key) {
        Or<Pass> outcome = gate.subscriber(new Credentials(null, List.of(), key), Style.COMPACT);
        assertThat(outcome).isInstanceOf(Or.Next.class);
        return ((Or.Next<Pass>) outcome).value();
    }

    @Test
    void nothing_that_can_be_printed_shows_a_key() {
        Credentials credentials = new Credentials("eval-key", List.of("Bearer second key"), "admin-key");
        KeyDigest digest = KeyDigest.of("eval-key".getBytes(StandardCharsets.UTF_8));
        assertThat(credentials + " " + digest + " " + GATE.client(credentials, Style.DEBUG))
                .doesNotContain("eval-key")
                .doesNotContain("second key")
                .doesNotContain("admin-key");
    }

    @Test
    void each_flag_sets_keys_open_that_flag_set_and_no_other() {
        ServedFlagSet a = new OpenGate.Fixed("a", Snapshot.empty(CompileOptions.DEFAULT));
        ServedFlagSet b = new OpenGate.Fixed("b", Snapshot.empty(CompileOptions.DEFAULT));
        KeyGate gate = gate(Access.byKey(
                Map.of(a, keys("a1", "a2", "both"), b, keys("b1")),
                new AuthorizedKeys(keys("ek"), keys("root", "both"))));
        assertThat(flagSet(gate, "a1")).isSameAs(a);
        assertThat(flagSet(gate, "a2")).isSameAs(a);
        assertThat(flagSet(gate, "b1")).isSameAs(b);
        assertThat(flagSet(gate, "both")).isSameAs(a);
        assertThat(flagSet(gate, "ek")).as("valid, and of no flag set").isNull();
        assertThat(flagSet(gate, "root")).isNull();
        assertThat(refusal(gate.client(authorization(), Style.COMPACT))).isEqualTo(NONE);
        assertThat(refusal(gate.administrator(authorization("Bearer a1"), Style.COMPACT))).isEqualTo(UNKNOWN);
        assertThat(gate.administrator(authorization("Bearer both"), Style.COMPACT))
                .isEqualTo(Or.next(new Administrator(a)));
        assertThat(gate.administrator(authorization("Bearer root"), Style.COMPACT))
                .isEqualTo(Or.next(new Administrator(null)));
    }

    /// R-D37: the key that lets a caller in chooses the flag set.
    @Test
    void of_two_keys_in_one_request_the_valid_one_counts_for_everything() {
        ServedFlagSet a = new OpenGate.Fixed("a", Snapshot.empty(CompileOptions.DEFAULT));
        KeyGate gate = gate(Access.byKey(Map.of(a, keys("a1")), AuthorizedKeys.NONE));
        assertThat(gate.client(authorization("Bearer stranger", "Bearer a1"), Style.COMPACT))
                .isEqualTo(Or.next(new Client(a)));
    }

    private static KeyGate gate(Access access) {
        return new KeyGate(() -> access);
    }

    private static @Nullable ServedFlagSet flagSet(KeyGate gate, String key) {
        Or<Client> outcome = gate.client(authorization("Bearer " + key), Style.COMPACT);
        assertThat(outcome).isInstanceOf(Or.Next.class);
        return ((Or.Next<Client>) outcome).value().flagSet();
    }

    private static @Nullable String byApiKey(String key, List<String> lines) {
        return refusal(GATE.client(new Credentials(key, lines, null), Style.COMPACT));
    }

    private static @Nullable String byLines(String... lines) {
        return refusal(GATE.client(authorization(lines), Style.COMPACT));
    }

    private static @Nullable String bySubscription(@Nullable String key) {
        return refusal(GATE.subscriber(new Credentials(null, List.of(), key), Style.COMPACT));
    }

    private static Credentials authorization(String... lines) {
        return new Credentials(null, List.of(lines), null);
    }

    /// The message of the refusal; null when the caller is let in.
    private static @Nullable String refusal(Or<?> outcome) {
        if (!(outcome instanceof Or.Refused<?>(Response response))) return null;
        assertThat(response.status()).isEqualTo(401);
        return ResponseText.of(response).replaceFirst("\\{\"message\":\"(.*)\"}\n", "$1");
    }

    private static Set<KeyDigest> keys(String... keys) {
        return Stream.of(keys)
                .map(key -> KeyDigest.of(key.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.toSet());
    }
}
