package dev.jackstaff.verify.museum;

import dev.jackstaff.verify.museum.OneValueTest.Bulk;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/// R-D45: one flag with a value that has no JSON form, such as `.nan`, made every answer fail that contained it: all flags of
/// all callers of bulk evaluation.
class OneValueTest implements Exhibit<Bulk> {
    @TempDir
    Path folder;

    @FunctionalInterface
    interface Bulk {
        /// The answer about all flags: one is `good`, the value of another is NaN.
        String answer() throws Exception;
    }

    @Override
    public Bulk twin() {
        Map<String, Double> flags = new TreeMap<>(Map.of("good", 1.0, "odd", Double.NaN));
        return () -> {
            StringBuilder json = new StringBuilder("{");
            for (Map.Entry<String, Double> flag : flags.entrySet()) {
                if (flag.getValue().isNaN()) return "500: json: unsupported value: NaN";
                json.append('"').append(flag.getKey()).append("\":").append(flag.getValue());
            }
            return json.append('}').toString();
        };
    }

    @Override
    public Bulk ours() throws Exception {
        TestRelay relay = TestRelay.serving(folder, """
                good: {variations: {a: 1.0}, defaultRule: {variation: a}}
                odd: {variations: {a: .nan}, defaultRule: {variation: a}}
                """);
        return new OfRelay(relay);
    }

    private record OfRelay(TestRelay relay) implements Bulk, AutoCloseable {
        @Override
        public String answer() throws Exception {
            return relay.post("/ofrep/v1/evaluate/flags", "{\"context\":{\"targetingKey\":\"anna\"}}").body();
        }

        @Override
        public void close() {
            relay.close();
        }
    }

    @Override
    public Optional<String> examine(Bulk bulk) throws Exception {
        String answer = bulk.answer();
        return Exhibit.when(!answer.contains("\"good\""), "the good flag is lost with it: " + answer);
    }
}
