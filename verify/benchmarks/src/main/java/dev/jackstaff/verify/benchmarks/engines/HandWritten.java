package dev.jackstaff.verify.benchmarks.engines;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/// `if` over a map of attributes.
final class HandWritten implements Engine {
    private static final int PERCENTAGE_SALT = Flag.PERCENTAGE.key().hashCode();
    private static final Set<String> PAYING = Set.of("team", "enterprise");

    private final Map<String, Boolean> switches = Map.of(Flag.STATIC.key(), true);
    private final String[] keys;
    private final List<Map<String, Object>> attributes;

    HandWritten(List<User> users) {
        keys = users.stream().map(User::key).toArray(String[]::new);
        attributes = users.stream().map(User::attributes).toList();
    }

    @Override
    public IntPredicate asking(Flag flag) {
        return switch (flag) {
            case STATIC -> _ -> switches.getOrDefault(Flag.STATIC.key(), false);
            case PERCENTAGE -> user -> isChosen(keys[user]);
            case TARGETING -> user -> isTargeted(attributes.get(user));
        };
    }

    @Override
    public void close() {}

    /// The low bits of a string's hash are those of its last character; mixing makes shares of it.
    private static boolean isChosen(String key) {
        int hash = (key.hashCode() ^ PERCENTAGE_SALT) * 0x9E3779B9;
        return Integer.remainderUnsigned(hash ^ hash >>> 15, 100) < Flag.PERCENT_ON;
    }

    private static boolean isTargeted(Map<String, Object> user) {
        if ("FR".equals(user.get("country"))) return true;
        if (user.get("age") instanceof Long age && age >= 65) return true;
        if (user.get("plan") instanceof String plan && PAYING.contains(plan)) return true;
        if (user.get("appVersion") instanceof String version && isAbove(version, 3, 2, 0)) return true;
        return user.get("company") instanceof Map<?, ?> company && "gold".equals(company.get("tier"));
    }

    private static boolean isAbove(String version, int major, int minor, int patch) {
        int firstDot = version.indexOf('.'), secondDot = version.indexOf('.', firstDot + 1);
        int order = Integer.compare(Integer.parseInt(version, 0, firstDot, 10), major);
        if (order == 0) order = Integer.compare(Integer.parseInt(version, firstDot + 1, secondDot, 10), minor);
        if (order == 0)
            order = Integer.compare(Integer.parseInt(version, secondDot + 1, version.length(), 10), patch);
        return order > 0;
    }
}
