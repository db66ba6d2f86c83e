package dev.jackstaff.retrievers.file;

import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.RetrieverFactory;
import dev.jackstaff.spi.Settings;
import java.time.InstantSource;
import java.util.Set;

/// Kind `file`: a flag file on a disk.
public final class FileRetrieverFactory implements RetrieverFactory {

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public Set<String> keys() {
        return Set.of("path", "maxBytes");
    }

    @Override
    public Retriever create(Settings settings) throws InvalidSettingsException {
        return new FileRetriever(FileRetrieverConfig.read(settings), InstantSource.system());
    }
}
