package dev.jackstaff.retrievers.file;

import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Revision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Reads a flag file from a disk, whole, each time it may have changed.
///
/// A file is read only in one piece: if it changes while it is read it is read again, so a document is never put together
/// from two. What cannot be told from here is a writer that pauses in the middle of the file; writing to another file and
/// renaming it is the cure. A link is followed anew each time, as mounted configuration maps need it.
///
/// Limits are looked at between chunks. A file system that hangs in the middle of one is out of reach; the owner goes on
/// without it.
final class FileRetriever implements Retriever {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int ATTEMPTS = 3;

    private final FileRetrieverConfig config;
    private final InstantSource clock;
    private volatile boolean closed;

    /// @param clock that of the file system, to tell recent writes from old ones
    FileRetriever(FileRetrieverConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String source() {
        return config.path().toString();
    }

    @Override
    public Retrieval retrieve(@Nullable Revision known, Duration limit) throws IOException {
        if (closed) throw new IllegalStateException("retriever of " + source() + " is closed");
        long end = System.nanoTime() + limit.toNanos();
        try {
            return read(known instanceof FileRevision revision ? revision : null, end);
        } catch (FileSystemException failure) {
            throw new IOException("cannot read " + source() + ": " + reason(failure), failure);
        }
    }

    private Retrieval read(@Nullable FileRevision known, long end) throws IOException {
        Path path = config.path();
        FileState state = FileState.of(path);
        if (known != null && known.settled() && known.state().isLike(state)) return new Retrieval.Unchanged(known);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            boolean settled = state.isSettledAt(clock.instant());
            byte[] bytes = content(path, end);
            FileState after = FileState.of(path);
            if (after.isLike(state)) {
                FileRevision revision = new FileRevision(state, settled, Fingerprint.of(bytes));
                return known != null && known.content().equals(revision.content())
                        ? new Retrieval.Unchanged(revision)
                        : new Retrieval.Content(bytes, revision);
            }
            state = after;
        }
        throw new IOException(
                "cannot read " + source() + ": it changes while it is read; write to another file and rename it");
    }

    private byte[] content(Path path, long end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK_BYTES);
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream file = Files.newInputStream(path)) {
            for (int read = file.read(chunk); read >= 0; read = file.read(chunk)) {
                if (closed) throw new IOException("reading " + source() + " was given up: the retriever is closed");
                if (System.nanoTime() - end >= 0) throw new IOException("cannot read " + source() + " in time");
                if (read > config.maxBytes() - bytes.size()) {
                    throw new IOException("cannot read " + source() + ": it is larger than " + config.maxBytes()
                            + " bytes; raise maxBytes if that is meant");
                }
                bytes.write(chunk, 0, read);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "file " + source();
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) return "no such file";
        if (failure instanceof AccessDeniedException) return "permission denied";
        return failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
    }
}
