package dev.jackstaff.exporters.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.engine.event.TrackingEvent;
import dev.jackstaff.exporters.text.FileNames;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import dev.jackstaff.testkit.ExporterContract;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.TestEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileExporterTest extends ExporterContract {
    private static final Pattern KEY = Pattern.compile("\"key\":\"(e\\d+)\"");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Event EVENT = new EvaluationEvent(
            "feature", "anonymousUser", "ABCD", Instant.ofEpochSecond(1617970547), "random-key", "Default", "YO", false,
            "", "SERVER", Map.of("team", "a"));

    private final FakeClock clock = new FakeClock(Instant.ofEpochSecond(1_700_000_000));

    @TempDir
    Path temporary;

    @Override
    protected Exporter create() throws InvalidSettingsException {
        return exporter(Map.of());
    }

    @Override
    protected List<String> arrived() throws IOException {
        List<String> keys = new ArrayList<>();
        for (Path file : files()) {
            Matcher key = KEY.matcher(Files.readString(file));
            while (key.find()) keys.add(key.group(1));
        }
        return keys;
    }

    @Override
    protected String secret() {
        return "there is none";
    }

    @Test
    void a_batch_is_a_file_of_lines_and_its_name_says_where_when_and_what() throws Exception {
        export(List.of(EVENT));
        Path file = folder().resolve("flag-variation-" + FileNames.hostname() + "-1700000000.json");
        assertThat(file).hasContent(
                "{\"kind\":\"feature\",\"contextKind\":\"anonymousUser\",\"userKey\":\"ABCD\","
                        + "\"creationDate\":1617970547,\"key\":\"random-key\",\"variation\":\"Default\",\"value\":\"YO\","
                        + "\"default\":false,\"version\":\"\",\"source\":\"SERVER\",\"metadata\":{\"team\":\"a\"}}\n");
        export(List.of(EVENT));
        assertThat(Files.readAllLines(file)).as("the same second").hasSize(2);
        clock.advance(Duration.ofSeconds(1));
        export(List.of(EVENT));
        assertThat(files()).hasSize(2);
    }

    @Test
    void csv_is_by_default_that_of_the_original() throws Exception {
        exporter(Map.of("format", "CSV", "filename", "all.{{ .Format}}")).export(List.of(EVENT, EVENT), LIMIT);
        assertThat(folder().resolve("all.csv"))
                .hasContent("feature;anonymousUser;ABCD;1617970547;random-key;Default;YO;false;SERVER\n".repeat(2));
    }

    @Test
    void csv_follows_its_template() throws Exception {
        exporter(Map.of("format", "csv", "filename", "all", "csvTemplate",
                "{{ .Key}},{{ printf \"%q\" .UserKey}},{{ .Metadata.team}}\r\n")).export(List.of(EVENT), LIMIT);
        assertThat(Files.readString(folder().resolve("all"))).isEqualTo("random-key,\"ABCD\",a\r\n");
    }

    /// The original's default fails at every export of these.
    @Test
    void what_users_did_has_a_default_of_its_own() throws Exception {
        Settings settings = settings(Map.of("format", "csv", "filename", "all"));
        Event bought = new TrackingEvent("user", "u", Instant.EPOCH, "bought", null, Map.of("price", 12.5));
        new FileExporterFactory().create(EventType.TRACKING, settings).export(List.of(bought), LIMIT);
        assertThat(folder().resolve("all")).hasContent("tracking;user;u;0;bought;map[price:12.5]\n");
    }

    @Test
    void an_event_without_json_form_is_refused_alone() throws Exception {
        Event odd = new EvaluationEvent("feature", "user", "u", Instant.EPOCH, "odd", "v", Double.NaN, false, "",
                "SERVER", Map.of());
        assertThat(export(List.of(TestEvents.evaluation("e1"), odd, TestEvents.evaluation("e2"))))
                .isEqualTo(Delivery.refusing(1, "a value in it has no JSON form"));
        assertThat(arrived()).containsExactly("e1", "e2");
    }

    @Test
    void a_large_batch_is_there_whole_and_in_its_order() throws Exception {
        int events = 3_000; // some 600 kB
        assertThat(export(TestEvents.evaluations(0, events))).isEqualTo(Delivery.COMPLETE);
        assertThat(arrived()).isEqualTo(IntStream.range(0, events).mapToObj(i -> "e" + i).toList());
    }

    @Test
    void of_a_batch_that_breaks_after_part_of_it_was_written_nothing_stays() throws Exception {
        FileExporterConfig sound =
                FileExporterConfig.read(EventType.EVALUATION, settings(Map.of("filename", "all")));
        Exporter exporter = new FileExporter(new FileExporterConfig(sound.folder(), sound.names(), event -> {
            if (event.key().equals("e2999")) throw new IllegalStateException("as it was told");
            return sound.line().apply(event);
        }), clock);
        assertThat(exporter.export(TestEvents.evaluations(0, 1), LIMIT)).isEqualTo(Delivery.COMPLETE);
        assertThatThrownBy(() -> exporter.export(TestEvents.evaluations(1, 3_000), LIMIT))
                .hasMessage("as it was told");
        assertThat(arrived()).containsExactly("e0");
    }

    @Test
    void a_place_that_cannot_be_written_is_told_and_works_when_it_can() throws Exception {
        Files.writeString(folder(), "a file where the folder should be");
        assertThatThrownBy(() -> export(TestEvents.evaluations(0, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder().toString())
                .hasMessageEndingWith("its folder is a file");
        Files.delete(folder());
        assertThat(export(TestEvents.evaluations(0, 1))).isEqualTo(Delivery.COMPLETE);
        assertThat(arrived()).containsExactly("e0");
    }

    /// Opening a pipe waits for somebody to read it.
    @Test
    void what_is_no_file_is_not_opened() throws Exception {
        Files.createDirectories(folder());
        Path pipe = folder().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> exporter(Map.of("filename", "pipe")).export(TestEvents.evaluations(0, 1), LIMIT))
                .hasMessage("cannot write " + pipe + ": it is not a regular file");
    }

    @Test
    void a_template_that_names_a_folder_below_gets_it() throws Exception {
        exporter(Map.of("filename", "by-host/{{ .Timestamp}}.jsonl")).export(TestEvents.evaluations(0, 1), LIMIT);
        assertThat(folder().resolve("by-host/1700000000.jsonl")).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "outputDir||no \"outputDir\" property found for kind \"file\"",
        "format|parquet|\"format\" parquet is not part of this version; json or csv",
        "parquetCompressionCodec|zip|\"parquetCompressionCodec\" err: not a valid CompressionCodec string",
        "filename|{{ .Host}}|\"filename\" is no template: at character 4: there is no field .Host; there are .Format, .Hostname, .Timestamp",
        "csvTemplate|{{ .Foo}}|\"csvTemplate\" is no template for feature events: at character 4: there is no field .Foo;",
    })
    void a_mistake_stops_the_start(String key, @Nullable String value, String message) {
        Map<String, @Nullable Object> settings = new HashMap<>(Map.of("format", "csv"));
        settings.put(key, value);
        assertThat(catchThrowableOfType(InvalidSettingsException.class, () -> exporter(settings)).problems())
                .singleElement()
                .asString()
                .startsWith("invalid exporter: " + message);
    }

    @Test
    void an_unknown_format_is_json_under_its_own_name_with_a_warning() throws Exception {
        Settings settings = settings(Map.of("format", "JSONL", "filename", "all.{{ .Format}}"));
        new FileExporterFactory().create(EventType.EVALUATION, settings).export(TestEvents.evaluations(0, 1), LIMIT);
        assertThat(folder().resolve("all.jsonl")).content().startsWith("{\"kind\":");
        assertThat(settings.warnings()).containsExactly("no format: \"jsonl\", written as json; json or csv");
    }

    private Exporter exporter(Map<String, ? extends @Nullable Object> more) throws InvalidSettingsException {
        return new FileExporter(FileExporterConfig.read(EventType.EVALUATION, settings(more)), clock);
    }

    private Settings settings(Map<String, ? extends @Nullable Object> more) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("outputDir", folder() + "/");
        values.putAll(more);
        return new Settings("exporter", "file", values);
    }

    private Path folder() {
        return temporary.resolve("events");
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder())) return List.of();
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        }
    }
}
