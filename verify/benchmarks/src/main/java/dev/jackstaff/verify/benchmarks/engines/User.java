package dev.jackstaff.verify.benchmarks.engines;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Somebody flags are evaluated for.
///
/// @param key        the targeting key
/// @param appVersion a semantic version
/// @param tier       of the company, a nested attribute where an engine has such
public record User(String key, String country, long age, String plan, String appVersion, String tier) {
    private static final List<String> COUNTRIES = List.of("FR", "DE", "ES", "IT", "GB", "PL", "NL", "SE");
    private static final List<String> PLANS = List.of("free", "pro", "team", "enterprise");
    private static final List<String> TIERS = List.of("gold", "silver");

    /// The first `count` of an endless row of users, the same ones each time. Every rule of [Flag#TARGETING] matches some.
    public static List<User> some(int count) {
        return row().limit(count).toList();
    }

    /// Users for whom only the last rule can decide, so that all five are looked at: it matches about half of them.
    public static List<User> whoNeedAllRules(int count) {
        return row().filter(user -> !user.country.equals("FR")
                && user.age < 65
                && (user.plan.equals("free") || user.plan.equals("pro"))
                && user.appVersion.compareTo("3.2.1") < 0)
                .limit(count)
                .toList();
    }

    /// The attributes, without the key.
    public Map<String, Object> attributes() {
        return Map.of("country", country, "age", age, "plan", plan, "appVersion", appVersion,
                "company", Map.of("tier", tier));
    }

    private static Stream<User> row() {
        SplittableRandom random = new SplittableRandom(1);
        return Stream.iterate(0, number -> number + 1)
                .map(number -> new User(
                        "user-" + number,
                        COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                        random.nextLong(18, 90),
                        PLANS.get(random.nextInt(PLANS.size())),
                        random.nextInt(1, 5) + "." + random.nextInt(10) + "." + random.nextInt(10),
                        TIERS.get(random.nextInt(TIERS.size()))));
    }
}
