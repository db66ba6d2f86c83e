package dev.jackstaff.verify.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What OpenFeature's Java client for OFREP makes of 429.
@Tag("newest-sdk")
class OfrepRateLimitTest {
    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        OpenFeatureAPI.getInstance().shutdown();
    }

    @Test
    void it_gives_the_default_and_asks_no_more_until_it_may() throws Exception {
        try (TestRelay relay = TestRelay.start(
                folder, Access.WITH_KEYS, "limits: {requestRate: 0.001, requestBurst: 1}\n")) {
            Client client = ClientContract.application(
                    "one that asks often",
                    new OfrepClientTest().provider(relay.address(), Access.WITH_KEYS.key()));
            assertThat(client.getIntegerValue("an-integer", 7, ClientContract.ANNA)).isEqualTo(42);
            for (int i = 0; i < 5; i++)
                ClientContract.assertDefault(
                        client.getIntegerDetails("an-integer", 7, new ImmutableContext("user-" + i)), 7)
                        .isEqualTo(ErrorCode.GENERAL);
            assertThat(relay.metrics())
                    .contains("relay_refused_total{class=\"evaluate\",reason=\"rate\"} 1.0");
        }
    }
}
