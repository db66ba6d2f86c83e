package dev.jackstaff.exporters.file;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.exporters.text.EventTemplate;
import dev.jackstaff.exporters.text.FileNames;
import dev.jackstaff.formats.json.EventJson;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// @param folder where the files are
/// @param names  of the files
/// @param line   what an event is written as, its line break included
record FileExporterConfig(Path folder, FileNames names, Function<Event, byte[]> line) {
    private static final Map<EventType, String> CSV = Map.of(
            EventType.EVALUATION,
            "{{ .Kind}};{{ .ContextKind}};{{ .UserKey}};{{ .CreationDate}};{{ .Key}};{{ .Variation}};{{ .Value}};"
                    + "{{ .Default}};{{ .Source}}\n",
            EventType.TRACKING,
            "{{ .Kind}};{{ .ContextKind}};{{ .UserKey}};{{ .CreationDate}};{{ .Key}};{{ .TrackingDetails}}\n");

    private static final Set<String> CODECS =
            Set.of("UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW");

    /// Keys, defaults and messages of GO Feature Flag (`cmd/relayproxy/config/exporter.go`, `exporter/common.go`). Templates
    /// that cannot be used are problems here: the original falls back on the default without a word, or fails at every
    /// export.
    static FileExporterConfig read(EventType type, Settings settings) throws InvalidSettingsException {
        settings.required("outputDir");
        Path folder = settings.path("outputDir").orElse(Path.of(""));
        String format = settings.text("format", "json").toLowerCase(Locale.ROOT);
        FileNames names = FileNames.read(settings, format);
        String codec = settings.text("parquetCompressionCodec", "SNAPPY");
        if (!CODECS.contains(codec))
            settings.problem("\"parquetCompressionCodec\" err: not a valid CompressionCodec string");
        Function<Event, byte[]> line = event -> EventJson.line(event).copy();
        switch (format) {
            case "json" -> {
            }
            case "csv" -> {
                EventTemplate csv = EventTemplate.read(settings, "csvTemplate", type, CSV);
                line = event -> csv.render(event).getBytes(StandardCharsets.UTF_8);
            }
            case "parquet" -> settings.problem("\"format\" parquet is not part of this version; json or csv");
            default -> settings.warning("no format: \"" + format + "\", written as json; json or csv");
        }
        settings.check();
        return new FileExporterConfig(folder, names, line);
    }
}
