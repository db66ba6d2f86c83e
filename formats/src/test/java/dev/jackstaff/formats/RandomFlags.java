package dev.jackstaff.formats;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.Experimentation;
import dev.jackstaff.engine.flag.FlagDefinition.ProgressiveRollout;
import dev.jackstaff.engine.flag.FlagDefinition.RuleDefinition;
import dev.jackstaff.engine.flag.FlagDefinition.ScheduledStep;
import dev.jackstaff.engine.flag.FlagDefinition.Stage;
import dev.jackstaff.engine.flag.Locations;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Definitions of every shape a syntax can express, from a seed. They need not make sense.
final class RandomFlags {
    private static final String[] TEXTS = {
        "", "on", "yes", "true", "null", "~", "1", "1.10", "0x1F", "2024-01-01", "a: b", "# no comment", "- item",
        "'quoted'",
        "say \"hi\"", "back\\slash", "tab\there", "two\nlines", "ends with newline\n", " spaces ", "ünïcödé", "日本",
        "😀",
        "<<", "*alias", "&anchor", "!tag", "%percent", "@at", "`tick`", "{flow}", "[list]", "key:",
        "multi\n\nblank\n  indented",
        "email ew \"@example.com\" and (country eq \"FR\" or age ge 18)", "{\"==\":[{\"var\":\"a\"},1]}"
    };

    private final Random random;
    private final Syntax syntax;

    RandomFlags(long seed, Syntax syntax) {
        this.random = new Random(seed);
        this.syntax = syntax;
    }

    FlagDefinition flag(String key) {
        ScheduledStep fields = step(2);
        return new FlagDefinition(
                key,
                fields.variations(),
                fields.targeting(),
                fields.bucketingKey(),
                fields.defaultRule(),
                fields.experimentation(),
                fields.scheduledRollout(),
                fields.trackEvents(),
                fields.disable(),
                fields.version(),
                fields.metadata(),
                Locations.from(Location.of("nowhere"), Map.of()));
    }

    private ScheduledStep step(int depth) {
        return new ScheduledStep(
                depth == 2 ? null : maybe(this::date),
                maybe(() -> map(() -> value(3))),
                maybe(() -> list(this::rule)),
                maybe(this::rule),
                maybe(() -> new Experimentation(maybe(this::date), maybe(this::date))),
                maybe(random::nextBoolean),
                maybe(random::nextBoolean),
                maybe(this::text),
                maybe(this::text),
                maybe(() -> map(() -> value(3))),
                depth == 0 ? null : maybe(() -> list(() -> step(depth - 1))));
    }

    private RuleDefinition rule() {
        return new RuleDefinition(
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(() -> map(this::number)),
                maybe(() -> new ProgressiveRollout(maybe(this::stage), maybe(this::stage))),
                maybe(random::nextBoolean));
    }

    private Stage stage() {
        return new Stage(maybe(this::text), maybe(this::number), maybe(this::date));
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> random.nextBoolean();
            case 1 -> syntax == Syntax.JSON ? number() : (Object) integer();
            case 2 -> number();
            case 3 -> syntax == Syntax.JSON ? text() : date();
            case 4 -> syntax == Syntax.TOML ? text() : null;
            case 5 -> text();
            case 6 -> list(() -> value(depth - 1));
            case 7 -> syntax == Syntax.YAML ? mixed(depth) : map(() -> value(depth - 1));
            default -> map(() -> value(depth - 1));
        };
    }

    private Object mixed(int depth) {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(List.of(1L, true, 2.5, 7L).get(random.nextInt(4)), value(depth - 1));
        map.put("key", value(depth - 1));
        return new MixedKeyMap(map);
    }

    private Number integer() {
        return switch (random.nextInt(4)) {
            case 0 -> syntax == Syntax.YAML ? new BigInteger("9223372036854775808") : (Number) Long.MAX_VALUE;
            case 1 -> random.nextLong();
            default -> (long) random.nextInt(2000) - 1000;
        };
    }

    private Double number() {
        return random.nextBoolean()
                ? random.nextInt(101)
                : random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
    }

    private OffsetDateTime date() {
        return LocalDateTime.of(2024, 1, 1, 0, 0)
                .plusSeconds(random.nextInt(100_000_000))
                .plusNanos(random.nextBoolean() ? 0 : random.nextInt(1_000_000_000))
                .atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(3) * 60 - 90)));
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? value.get() : null;
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) list.add(item.get());
        return list;
    }

    private <T> Map<String, T> map(Supplier<T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 20 : 4); i > 0; i--)
            map.put(text() + random.nextInt(30), value.get());
        return map;
    }
}
