package dev.jackstaff.exporters.file;

import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.spi.Exporter;
import dev.jackstaff.spi.ExporterFactory;
import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Settings;
import java.time.InstantSource;
import java.util.Set;

/// Kind `file`: events in files of a folder.
public final class FileExporterFactory implements ExporterFactory {

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public Set<String> keys() {
        return Set.of("outputDir", "format", "filename", "csvTemplate", "parquetCompressionCodec");
    }

    @Override
    public Exporter create(EventType type, Settings settings) throws InvalidSettingsException {
        return new FileExporter(FileExporterConfig.read(type, settings), InstantSource.system());
    }
}
