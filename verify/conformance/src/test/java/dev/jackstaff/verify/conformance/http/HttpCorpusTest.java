package dev.jackstaff.verify.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jackstaff.verify.conformance.SharedCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The recorded exchanges of the original's HTTP interface against a relay in this process. `-Dworld=auth` plays one world.
class HttpCorpusTest {
    private static final NotServed NOT_SERVED = NotServed.read();

    static Stream<Path> worlds() throws IOException {
        String only = System.getProperty("world", "");
        try (Stream<Path> files = Files.list(SharedCorpus.file("http"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .filter(file -> only.isEmpty() || file.endsWith(only + ".jsonl"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void every_exchange_passes_but_those_on_the_list_and_those_fail(Path file, @TempDir Path folder) throws Exception {
        World world = World.read(file);
        Map<Exchange, List<String>> results = play(world, folder);
        Map<String, List<String>> unexpected = new LinkedHashMap<>();
        Set<String> failing = new TreeSet<>();
        results.forEach((exchange, differences) -> {
            if (differences.isEmpty()) return;
            String entry = NOT_SERVED.entryOf(world.name(), exchange);
            if (entry == null) unexpected.put(exchange.id() + " " + exchange.endpoint(), differences);
            else
                failing.add(entry);
        });
        assertThat(unexpected).as("exchanges that differ and are not on the list %s", NotServed.FILE).isEmpty();
        assertThat(NOT_SERVED.entriesOf(world.name()))
                .as("the list %s against what still fails; take out what passes now", NotServed.FILE)
                .isEqualTo(failing);
    }

    /// What is on the list for streams is so because a broken edit is held off (docs/concepts/broken-edits.md), and for no other
    /// reason.
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"streams-flagsets", "streams-refresh"})
    void streams_pass_without_exception_where_the_configuration_lets_broken_edits_through(
            String name, @TempDir Path folder)
            throws Exception {
        World world = World.read(SharedCorpus.file("http").resolve(name + ".jsonl"));
        World open = new World(name, lettingThrough(world.config()), world.flags(), world.exchanges());
        play(open, folder).forEach((exchange, differences) -> assertThat(differences).as(exchange.id()).isEmpty());
    }

    /// The configuration with both guards off, for every flag set.
    private static Map<String, @Nullable Object> lettingThrough(Map<String, @Nullable Object> config) {
        Map<String, @Nullable Object> open = new LinkedHashMap<>(config);
        open.put("keepLastGood", false);
        open.put("refuseEmpty", false);
        return open;
    }

    @Test
    void the_list_names_worlds_that_exist() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : worlds().toList()) names.add(file.getFileName().toString().replace(".jsonl", ""));
        assertThat(names).containsAll(NOT_SERVED.worlds());
    }

    /// A relay that does not start answers nothing.
    private static Map<Exchange, List<String>> play(World world, Path folder) throws Exception {
        try (RunningWorld running = new RunningWorld(world, folder)) {
            return HttpReplay.play(world, running);
        } catch (IOException e) {
            Map<Exchange, List<String>> nothing = new LinkedHashMap<>();
            for (Exchange exchange : world.exchanges())
                nothing.put(exchange, List.of(String.valueOf(e.getMessage())));
            return nothing;
        }
    }
}
