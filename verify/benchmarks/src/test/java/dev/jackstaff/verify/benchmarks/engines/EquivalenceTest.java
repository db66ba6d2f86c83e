package dev.jackstaff.verify.benchmarks.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Engines are compared only where they decide the same.
class EquivalenceTest {
    private static final List<User> USERS = User.some(10_000);

    @ParameterizedTest
    @EnumSource
    void every_engine_decides_the_same_for_every_user_without_chance(Engine.Kind kind) throws Exception {
        try (Engine engine = kind.start(USERS)) {
            assertThat(whoIsOn(engine, Flag.STATIC).cardinality()).isEqualTo(USERS.size());
            assertThat(whoIsOn(engine, Flag.TARGETING)).isEqualTo(whoIsTargeted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_engine_gives_the_same_share_to_the_same_users_each_time(Engine.Kind kind) throws Exception {
        try (Engine engine = kind.start(USERS)) {
            BitSet on = whoIsOn(engine, Flag.PERCENTAGE);
            assertThat(100.0 * on.cardinality() / USERS.size()).isCloseTo(Flag.PERCENT_ON, within(2.0));
            assertThat(whoIsOn(engine, Flag.PERCENTAGE)).isEqualTo(on);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_users_of_the_benchmark_need_all_rules_and_half_of_them_match_the_last(Engine.Kind kind) throws Exception {
        List<User> users = User.whoNeedAllRules(64);
        try (Engine engine = kind.start(users)) {
            IntPredicate isOn = engine.asking(Flag.TARGETING);
            for (int i = 0; i < users.size(); i++)
                assertThat(isOn.test(i)).as(users.get(i).toString()).isEqualTo(users.get(i).tier().equals("gold"));
        }
        assertThat(users).extracting(User::tier).filteredOn("gold"::equals).hasSizeBetween(24, 40);
    }

    /// By the meaning of the rules, so that engines cannot agree on something wrong.
    private static BitSet whoIsTargeted() {
        BitSet targeted = new BitSet();
        for (int i = 0; i < USERS.size(); i++) {
            User user = USERS.get(i);
            List<Boolean> rules = List.of(
                    user.country().equals("FR"),
                    user.age() >= 65,
                    List.of("team", "enterprise").contains(user.plan()),
                    Runtime.Version.parse(user.appVersion().replaceAll("(\\.0)+$", ""))
                            .compareTo(Runtime.Version.parse("3.2")) > 0,
                    user.tier().equals("gold"));
            targeted.set(i, rules.contains(true));
        }
        assertThat(targeted.cardinality()).isBetween(USERS.size() / 2, USERS.size() - 100);
        return targeted;
    }

    private static BitSet whoIsOn(Engine engine, Flag flag) {
        IntPredicate isOn = engine.asking(flag);
        BitSet on = new BitSet();
        for (int i = 0; i < USERS.size(); i++) on.set(i, isOn.test(i));
        return on;
    }
}
