package dev.jackstaff.verify.benchmarks.engines;

import io.getunleash.DefaultUnleash;
import io.getunleash.UnleashContext;
import io.getunleash.util.UnleashConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Unleash's SDK, bootstrapped from text and never polling. Its attributes are strings and not nested.
final class Unleash implements Engine {
    private final DefaultUnleash unleash;
    private final UnleashContext[] contexts;

    Unleash(List<User> users) throws IOException {
        String flags = new String(FlagsOf.bytes("unleash.json"), StandardCharsets.UTF_8);
        Path nowhere = Files.createTempDirectory("unleash-");
        nowhere.toFile().deleteOnExit();
        unleash = new DefaultUnleash(UnleashConfig.builder()
                .appName("benchmarks")
                .unleashAPI("http://localhost:1")
                .apiKey("no-key")
                .backupFile(nowhere.resolve("none.json").toString())
                .toggleBootstrapProvider(() -> Optional.of(flags))
                .disablePolling()
                .disableMetrics()
                .build());
        contexts = users.stream().map(Unleash::context).toArray(UnleashContext[]::new);
    }

    @Override
    public IntPredicate asking(Flag flag) {
        String key = flag.key();
        return user -> unleash.isEnabled(key, contexts[user], false);
    }

    @Override
    public void close() {
        unleash.shutdown();
    }

    private static UnleashContext context(User user) {
        return UnleashContext.builder()
                .userId(user.key())
                .addProperty("country", user.country())
                .addProperty("age", Long.toString(user.age()))
                .addProperty("plan", user.plan())
                .addProperty("appVersion", user.appVersion())
                .addProperty("company.tier", user.tier())
                .build();
    }
}
