package dev.jackstaff.verify.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FeatureProvider;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// OpenFeature's Java client for any server that speaks OFREP. It keeps nothing and sends no events.
@Tag("newest-sdk")
@ParameterizedClass
@EnumSource
class OfrepClientTest extends ClientContract {
    @Override
    FeatureProvider provider(String address, String key) {
        var options = OfrepProviderOptions.builder().baseUrl(address);
        if (!key.isEmpty()) options.headers(ImmutableMap.of("Authorization", ImmutableList.of("Bearer " + key)));
        return OfrepProvider.constructProvider(options.build());
    }

    @Override
    void awaitReadinessForAnEdit() {}

    @Test
    void an_evaluation_reaches_the_exporters() throws Exception {
        client.getBooleanValue("a-boolean", false, ANNA);
        List<String> events = Conditions.await(relay::events, lines -> lines.size() == 1);
        assertThat(events.getFirst()).contains("\"key\":\"a-boolean\"", "\"userKey\":\"anna \\\"ü\\\"\"");
    }

    /// A defect of the client: JSON may write 2.0 as 2, and it takes no integer for a double.
    @Test
    void a_whole_number_is_no_double_for_it() {
        assertDefault(client.getDoubleDetails("two", 0.5, ANNA), 0.5).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getIntegerValue("two", 0, ANNA)).isEqualTo(2);
    }

    /// Another: an answer without a value, which says that the flag is disabled, is a missing flag for it.
    @Test
    void a_disabled_flag_is_a_missing_one_for_it() {
        assertDefault(client.getBooleanDetails("disabled", true, ANNA), true).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    }
}
