package dev.jackstaff.verify.benchmarks.engines;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.Value;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// flagd's evaluator inside the application, on a file, asked through its provider without OpenFeature's hooks.
final class Flagd implements Engine {
    private final FlagdProvider provider;
    private final EvaluationContext[] contexts;

    Flagd(List<User> users) throws IOException {
        provider = new FlagdProvider(FlagdOptions.builder()
                .resolverType(Config.Resolver.FILE)
                .offlineFlagSourcePath(FlagsOf.file("flagd.json").toString())
                .deadline(30_000)
                .build());
        try {
            provider.initialize(new ImmutableContext());
        } catch (Exception e) {
            throw new IOException("flagd's provider does not start", e);
        }
        contexts = users.stream().map(Flagd::context).toArray(EvaluationContext[]::new);
    }

    @Override
    public IntPredicate asking(Flag flag) {
        String key = flag.key();
        return user -> provider.getBooleanEvaluation(key, false, contexts[user]).getValue();
    }

    @Override
    public void close() {
        provider.shutdown();
    }

    private static EvaluationContext context(User user) {
        return new ImmutableContext(user.key(), Map.of(
                "country", new Value(user.country()),
                "age", new Value((int) user.age()),
                "plan", new Value(user.plan()),
                "appVersion", new Value(user.appVersion()),
                "company", new Value(new ImmutableStructure(Map.of("tier", new Value(user.tier()))))));
    }
}
