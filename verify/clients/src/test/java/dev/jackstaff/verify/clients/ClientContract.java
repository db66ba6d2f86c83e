package dev.jackstaff.verify.clients;

import static dev.openfeature.sdk.ErrorCode.FLAG_NOT_FOUND;
import static dev.openfeature.sdk.ErrorCode.GENERAL;
import static dev.openfeature.sdk.ErrorCode.TYPE_MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/// What an application gets from an official client, whatever access the relay gives.
abstract class ClientContract {
    static final EvaluationContext ANNA = new ImmutableContext("anna \"ü\"");

    @Parameter
    Access access;

    @TempDir
    Path folder;

    TestRelay relay;
    Client client;

    /// The official client, set up as its page says, without a key when that is empty.
    abstract FeatureProvider provider(String address, String key) throws Exception;

    /// Comes back when the next edit of the flag file is one that the client will see.
    abstract void awaitReadinessForAnEdit() throws Exception;

    @BeforeEach
    void start() throws Exception {
        relay = TestRelay.start(folder, access);
        client = application(access.key());
    }

    @AfterEach
    void stop() {
        OpenFeatureAPI.getInstance().shutdown();
        relay.close();
    }

    @Test
    void a_boolean_arrives_with_its_variation_and_reason() {
        var details = client.getBooleanDetails("a-boolean", false, ANNA);
        assertThat(details.getValue()).isTrue();
        assertThat(details.getVariant()).isEqualTo("on");
        assertThat(details.getReason()).isEqualTo("STATIC");
        assertThat(details.getErrorCode()).isNull();
    }

    @Test
    void a_string_arrives_to_the_letter() {
        assertThat(client.getStringValue("a-string", "", ANNA)).isEqualTo("Grüße, \"you\"");
    }

    @Test
    void an_integer_arrives() {
        assertThat(client.getIntegerValue("an-integer", 0, ANNA)).isEqualTo(42);
    }

    @Test
    void a_double_arrives() {
        assertThat(client.getDoubleValue("a-double", 0.0, ANNA)).isEqualTo(0.5);
    }

    @Test
    void an_object_arrives_with_all_that_is_in_it() {
        Value value = client.getObjectValue("an-object", new Value(), ANNA);
        assertThat(value.asStructure().asObjectMap()).isEqualTo(
                Map.of("columns", 3, "title", "News", "tags", List.of("a", "b"), "nested", Map.of("deep", true)));
    }

    @Test
    void metadata_of_the_flag_arrives() {
        var metadata = client.getBooleanDetails("described", false, ANNA).getFlagMetadata();
        assertThat(metadata.getString("team")).isEqualTo("checkout");
        assertThat(metadata.getInteger("tickets")).isEqualTo(3);
        assertThat(metadata.getBoolean("urgent")).isTrue();
    }

    @Test
    void an_unknown_flag_gives_the_default_and_says_that_there_is_none() {
        assertDefault(client.getStringDetails("nowhere", "default", ANNA), "default")
                .isEqualTo(FLAG_NOT_FOUND);
    }

    @Test
    void a_flag_of_another_type_gives_the_default_and_says_so() {
        assertDefault(client.getBooleanDetails("a-string", true, ANNA), true).isEqualTo(TYPE_MISMATCH);
        assertDefault(client.getStringDetails("a-boolean", "default", ANNA), "default").isEqualTo(TYPE_MISMATCH);
        assertDefault(client.getIntegerDetails("a-double", 7, ANNA), 7).isEqualTo(TYPE_MISMATCH);
        assertDefault(client.getDoubleDetails("an-object", 7.0, ANNA), 7.0).isEqualTo(TYPE_MISMATCH);
    }

    @Test
    void attributes_of_the_context_decide() {
        var pro = new ImmutableContext("anna", Map.of("plan", new Value("pro"), "age", new Value(18)));
        var details = client.getBooleanDetails("for-pros", false, pro);
        assertThat(details.getValue()).isTrue();
        assertThat(details.getVariant()).isEqualTo("all");
        assertThat(details.getReason()).isEqualTo("TARGETING_MATCH");
        var young = new ImmutableContext("ben", Map.of("plan", new Value("pro"), "age", new Value(17)));
        details = client.getBooleanDetails("for-pros", true, young);
        assertThat(details.getValue()).isFalse();
        assertThat(details.getReason()).isEqualTo("DEFAULT");
    }

    @Test
    void a_targeting_key_with_any_character_is_the_one_that_was_meant() {
        assertThat(client.getBooleanValue("for-one", false, new ImmutableContext("a \"b\" c/ü%20😀&=+\n"))).isTrue();
        assertThat(client.getBooleanValue("for-one", true, new ImmutableContext("a \"b\" c/ü 😀&=+\n"))).isFalse();
    }

    @Test
    void a_disabled_flag_gives_the_default() {
        assertThat(client.getBooleanValue("disabled", false, ANNA)).isFalse();
        assertThat(client.getBooleanValue("disabled", true, new ImmutableContext("ben"))).isTrue();
    }

    @Test
    void a_wrong_key_gives_the_default_and_an_error_where_the_relay_wants_one() throws Exception {
        var details = application("wrong-key").getIntegerDetails("an-integer", 7, ANNA);
        if (access == Access.OPEN) {
            assertThat(details.getValue()).isEqualTo(42);
        } else {
            assertDefault(details, 7).isEqualTo(GENERAL);
            assertThat(details.getErrorMessage()).contains("authentication/authorization error");
            assertDefault(application("").getIntegerDetails("an-integer", 7, ANNA), 7).isEqualTo(GENERAL);
        }
    }

    @Test
    void a_changed_flag_file_is_seen() throws Exception {
        assertThat(client.getStringValue("a-string", "", ANNA)).startsWith("Grüße");
        awaitReadinessForAnEdit();
        relay.edit("Grüße", "Hallo");
        Conditions.await(() -> client.getStringValue("a-string", "", ANNA), value -> value.startsWith("Hallo"));
    }

    private Client application(String key) throws Exception {
        return application("with key '" + key + "'", provider(relay.address(), key));
    }

    /// An application of its own that asks through this provider.
    static Client application(String name, FeatureProvider provider) {
        OpenFeatureAPI.getInstance().setProviderAndWait(name, provider);
        return OpenFeatureAPI.getInstance().getClient(name);
    }

    static <T> ObjectAssert<ErrorCode> assertDefault(
            FlagEvaluationDetails<T> details, T ofTheCaller) {
        assertThat(details.getValue()).isEqualTo(ofTheCaller);
        assertThat(details.getReason()).isEqualTo("ERROR");
        return assertThatObject(details.getErrorCode());
    }
}
