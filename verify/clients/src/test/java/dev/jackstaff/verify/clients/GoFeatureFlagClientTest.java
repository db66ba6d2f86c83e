package dev.jackstaff.verify.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.contrib.providers.gofeatureflag.GoFeatureFlagProvider;
import dev.openfeature.contrib.providers.gofeatureflag.GoFeatureFlagProviderOptions;
import dev.openfeature.contrib.providers.gofeatureflag.GoFeatureFlagProviderOptions.GoFeatureFlagProviderOptionsBuilder;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// GO Feature Flag's client for Java, the last before 1.0: it asks `/v1/feature/{key}/eval`, keeps the answers, asks
/// `/v1/flag/change` when to forget them, and tells `/v1/data/collector` of those that it gave from memory.
///
/// Release 1.x, which evaluates in its own process (WASM) or by OFREP, does not resolve where this was written, so neither
/// way of it is tested here.
@ParameterizedClass
@EnumSource
class GoFeatureFlagClientTest extends ClientContract {
    @Override
    FeatureProvider provider(String address, String key) throws Exception {
        return new GoFeatureFlagProvider(options(address, key).build());
    }

    private static GoFeatureFlagProviderOptionsBuilder options(String address, String key) {
        return GoFeatureFlagProviderOptions.builder()
                .endpoint(address)
                .apiKey(key)
                .flushIntervalMs(100L)
                .flagChangePollingIntervalMs(100L)
                .exporterMetadata(new HashMap<>(Map.of("app", "checkout")));
    }

    /// What it is told when it first asks for changes, this client takes for what it has.
    @Override
    void awaitReadinessForAnEdit() throws Exception {
        Conditions.await(() -> relay.hasAnswered("/v1/flag/change"), answered -> answered);
    }

    @Test
    void answers_from_its_memory_reach_the_exporters() throws Exception {
        assertThat(client.getBooleanDetails("a-boolean", false, ANNA).getReason()).isEqualTo("STATIC");
        assertThat(client.getBooleanDetails("a-boolean", false, ANNA).getReason()).isEqualTo("CACHED");
        List<String> events = Conditions.await(relay::events, lines -> lines.size() == 2);
        assertThat(events).allSatisfy(event -> assertThat(event)
                .contains("\"key\":\"a-boolean\",\"variation\":\"on\",\"value\":true,\"default\":false")
                .contains("\"contextKind\":\"user\",\"userKey\":\"anna \\\"ü\\\"\"")
                .contains("\"app\":\"checkout\""));
        assertThat(events).anySatisfy(event -> assertThat(event).contains("\"source\":\"SERVER\""));
        assertThat(events).anySatisfy(event -> assertThat(event)
                .contains("\"source\":\"PROVIDER_CACHE\"", "\"provider\":\"java\"", "\"openfeature\":true"));
    }

    /// The relay tells of the question and the client of its default.
    @Test
    void a_default_that_it_gave_reaches_the_exporters() throws Exception {
        assertThat(client.getStringValue("nowhere", "mine", ANNA)).isEqualTo("mine");
        List<String> events = Conditions.await(relay::events, lines -> lines.size() == 2);
        assertThat(events).allSatisfy(event -> assertThat(event)
                .contains("\"key\":\"nowhere\",\"variation\":\"SdkDefault\",\"value\":\"mine\",\"default\":true"));
        assertThat(events).anySatisfy(event -> assertThat(event).contains("\"source\":\"PROVIDER_CACHE\""));
    }

    @Test
    void an_anonymous_user_stays_one() throws Exception {
        client.getBooleanValue("a-boolean", false, new ImmutableContext("x", Map.of("anonymous", new Value(true))));
        List<String> events = Conditions.await(relay::events, lines -> lines.size() == 1);
        assertThat(events.getFirst()).contains("\"contextKind\":\"anonymousUser\",\"userKey\":\"x\"");
    }

    @Test
    void a_whole_number_is_a_double_where_one_is_asked_for() {
        assertThat(client.getDoubleValue("two", 0.0, ANNA)).isEqualTo(2.0);
    }

    @Test
    void a_disabled_flag_says_so() {
        assertThat(client.getBooleanDetails("disabled", false, ANNA).getReason()).isEqualTo("DISABLED");
    }

    /// A defect of the client: it remembers an answer by flag and targeting key, whatever else the context says.
    @Test
    void other_attributes_of_a_user_it_remembers_change_nothing() throws Exception {
        var pro = new ImmutableContext("anna", Map.of("plan", new Value("pro"), "age", new Value(18)));
        var free = new ImmutableContext("anna", Map.of("plan", new Value("free"), "age", new Value(18)));
        assertThat(client.getBooleanValue("for-pros", false, pro)).isTrue();
        assertThat(client.getBooleanValue("for-pros", false, free)).isTrue();
        var options = options(relay.address(), access.key()).enableCache(false);
        Client withoutMemory = application("without memory", new GoFeatureFlagProvider(options.build()));
        assertThat(withoutMemory.getBooleanValue("for-pros", false, pro)).isTrue();
        assertThat(withoutMemory.getBooleanValue("for-pros", false, free)).isFalse();
    }

    /// Another: of a disabled flag it remembers the first default.
    @Test
    void another_default_for_a_disabled_flag_is_not_given_to_a_user_it_remembers() {
        assertThat(client.getStringValue("disabled", "first", ANNA)).isEqualTo("first");
        assertThat(client.getStringValue("disabled", "second", ANNA)).isEqualTo("first");
    }
}
