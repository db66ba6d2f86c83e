package dev.jackstaff.verify.benchmarks;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.formats.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Flag files of any size, the same ones each time: flags of every kind in turn, with the metadata that real ones have,
/// about 0.8 kB of YAML each.
final class GeneratedFlags {
    private static final int KINDS = 8;
    private static final List<String> COUNTRIES = List.of("FR", "DE", "ES", "IT", "GB", "PL", "NL", "SE");

    private GeneratedFlags() {}

    static FlagText text(Syntax syntax, int count) {
        return text(syntax, count, -1);
    }

    /// The same file after one edit: the flag of a number has other shares.
    static FlagText textWithOneEdited(Syntax syntax, int count, int edited) {
        return text(syntax, count, edited);
    }

    static String key(int number) {
        return "team-" + number % 50 + ".feature-" + number;
    }

    private static FlagText text(Syntax syntax, int count, int edited) {
        return new FlagText(syntax, switch (syntax) {
            case JSON -> json(count, edited);
            case YAML -> yaml(count, edited);
            case TOML -> throw new IllegalArgumentException("flags are generated as YAML and JSON");
        });
    }

    private static Map<String, Object> flag(int number, boolean edited) {
        Map<String, Object> flag = flag(number);
        if (edited) flag.put("defaultRule", share(99));
        return flag;
    }

    private static Map<String, Object> flag(int number) {
        Map<String, Object> flag = new LinkedHashMap<>();
        flag.put("variations", variations(number));
        switch (number % KINDS) {
            case 0 -> flag.put("defaultRule", variation("a"));
            case 1 -> {
                flag.put("targeting", List.of(
                        rule("country", "country eq \"" + country(number) + "\"", variation("b")),
                        rule("staff", "email ew \"@example.com\" or beta eq true", variation("a"))));
                flag.put("defaultRule", variation("a"));
            }
            case 2 -> flag.put("defaultRule", share(number % 100));
            case 3 -> {
                flag.put("targeting", List.of(
                        rule("some-accounts", "account in [" + accounts(number) + "]", share(50)),
                        rule("adults", "age ge 18 and country ne \"" + country(number) + "\"", variation("b"))));
                flag.put("defaultRule", variation("a"));
            }
            case 4 -> flag.put("defaultRule", Map.of("progressiveRollout", ramp()));
            case 5 -> {
                flag.put("defaultRule", variation("a"));
                flag.put("scheduledRollout", List.of(
                        step("2026-01-01T00:00:00Z", share(10)), step("2026-02-01T00:00:00Z", share(100))));
            }
            case 6 -> {
                flag.put("targeting", List.of(rule("logic",
                        "{\"and\":[{\"==\":[{\"var\":\"plan\"},\"pro\"]},{\">=\":[{\"var\":\"age\"}," + number % 60
                                + "]}]}",
                        variation("b"))));
                flag.put("defaultRule", variation("a"));
            }
            case 7 -> {
                flag.put("targeting", List.of(
                        rule("new-apps", "appVersion ge " + number % 5 + ".2.0", share(30)),
                        rule("gold", "company.tier eq \"gold\" and company.seats gt 10", variation("b"))));
                flag.put("defaultRule", share(5));
                flag.put("experimentation",
                        Map.of("start", "2026-01-01T00:00:00Z", "end", "2026-03-01T00:00:00Z"));
            }
            default -> throw new AssertionError("a number has a kind");
        }
        flag.put("trackEvents", number % 3 != 0);
        flag.put("version", "1." + number % 100);
        flag.put("metadata", metadata(number));
        return flag;
    }

    private static Map<String, Object> variations(int number) {
        Map<String, Object> variations = new LinkedHashMap<>();
        switch (number / KINDS % 4) {
            case 0 -> {
                variations.put("a", false);
                variations.put("b", true);
            }
            case 1 -> {
                variations.put("a", "the layout that everybody knows");
                variations.put("b", "the layout of number " + number);
            }
            case 2 -> {
                variations.put("a", 10L);
                variations.put("b", (long) number);
            }
            default -> {
                variations.put("a", Map.of("limit", 100L, "modes", List.of("plain")));
                variations.put("b", Map.of("limit", (long) number, "modes", List.of("plain", "fast")));
            }
        }
        return variations;
    }

    private static Map<String, Object> metadata(int number) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("description", "Lets people try feature " + number + " before everybody gets it. Asked for by the "
                + "team that runs it; goes as soon as all of its users have it and nobody has complained for a month.");
        metadata.put("owner", "team-" + number % 50 + "@example.com");
        metadata.put("ticket", "https://tickets.example.com/browse/FEATURE-" + number);
        metadata.put("created", "2025-" + (10 + number % 3) + "-" + (10 + number % 18));
        metadata.put("dashboard", "https://dashboards.example.com/d/feature-" + number + "?from=now-7d&to=now");
        metadata.put("permanent", number % 10 == 0);
        return metadata;
    }

    private static Map<String, Object> rule(String name, String query, Map<String, Object> assignment) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("name", name);
        rule.put("query", query);
        rule.putAll(assignment);
        return rule;
    }

    private static Map<String, Object> variation(String name) {
        return Map.of("variation", name);
    }

    private static Map<String, Object> share(int percentOfB) {
        return Map.of("percentage", Map.of("a", 100L - percentOfB, "b", (long) percentOfB));
    }

    private static Map<String, Object> ramp() {
        return Map.of("initial", Map.of("variation", "a", "percentage", 0L, "date", "2026-01-01T00:00:00Z"),
                "end", Map.of("variation", "b", "percentage", 100L, "date", "2026-02-01T00:00:00Z"));
    }

    private static Map<String, Object> step(String date, Map<String, Object> defaultRule) {
        return Map.of("date", date, "defaultRule", defaultRule);
    }

    private static String country(int number) {
        return COUNTRIES.get(number / KINDS % COUNTRIES.size());
    }

    private static String accounts(int number) {
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < 10; i++) accounts.add("\"account-" + (number + 7 * i) + "\"");
        return String.join(",", accounts);
    }

    private static byte[] json(int count, int edited) {
        return JsonWriter.write(false, json -> {
            json.beginObject();
            for (int number = 0; number < count; number++)
                json.name(key(number)).value(flag(number, number == edited));
            json.endObject();
        }).copy();
    }

    /// Block style with quoted texts, as people write it. Flag by flag, because the text alone can be large.
    private static byte[] yaml(int count, int edited) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(count * 900);
        for (int number = 0; number < count; number++) {
            StringBuilder text = new StringBuilder();
            yamlMembers(text, Map.of(key(number), flag(number, number == edited)), "");
            bytes.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void yamlMembers(StringBuilder out, Map<?, ?> map, String indent) {
        map.forEach((key, value) -> {
            out.append(indent).append(key).append(':');
            yamlValue(out, value, indent + "  ");
        });
    }

    private static void yamlValue(StringBuilder out, Object value, String indent) {
        switch (value) {
            case Map<?, ?> map -> {
                out.append('\n');
                yamlMembers(out, map, indent);
            }
            case List<?> items -> {
                out.append('\n');
                for (Object item : items) {
                    out.append(indent).append('-');
                    yamlValue(out, item, indent + "  ");
                }
            }
            case String text -> out.append(" '").append(text.replace("'", "''")).append("'\n");
            default -> out.append(' ').append(value).append('\n');
        }
    }
}
