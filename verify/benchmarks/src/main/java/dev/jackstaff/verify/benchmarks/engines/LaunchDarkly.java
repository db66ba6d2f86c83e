package dev.jackstaff.verify.benchmarks.engines;

import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntPredicate;

/// LaunchDarkly's server SDK on its file data source: its whole flag model, from a file instead of its service.
final class LaunchDarkly implements Engine {
    private final LDClient client;
    private final LDContext[] contexts;

    LaunchDarkly(List<User> users) throws IOException {
        client = new LDClient("no-key", new LDConfig.Builder()
                .dataSource(FileData.dataSource().filePaths(FlagsOf.file("launchdarkly.json")))
                .events(Components.noEvents())
                .diagnosticOptOut(true)
                .logging(Components.noLogging())
                .build());
        contexts = users.stream().map(LaunchDarkly::context).toArray(LDContext[]::new);
    }

    @Override
    public IntPredicate asking(Flag flag) {
        String key = flag.key();
        return user -> client.boolVariation(key, contexts[user], false);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LDContext context(User user) {
        return LDContext.builder(user.key())
                .set("country", user.country())
                .set("age", LDValue.of(user.age()))
                .set("plan", user.plan())
                .set("appVersion", user.appVersion())
                .set("company", LDValue.buildObject().put("tier", user.tier()).build())
                .build();
    }
}
