package dev.jackstaff.exporters.file;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.formats.json.UnencodableValueException;
import dev.jackstaff.spi.Delivery;
import dev.jackstaff.spi.Exporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Appends each batch to the file whose name the template gives at that moment, whole or not at all, and forces it to the
/// disk.
///
/// Behaviour from GO Feature Flag's `exporter/fileexporter`; different on purpose are that a batch that could not be written
/// to its end is taken back, and that it is forced to the disk.
final class FileExporter implements Exporter {
    private final FileExporterConfig config;
    private final InstantSource clock;
    private volatile boolean closed; // writer: close

    FileExporter(FileExporterConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String sink() {
        return config.folder().toString();
    }

    @Override
    public Delivery export(List<Event> events, Duration limit) throws IOException {
        if (closed) throw new IllegalStateException("exporter to " + sink() + " is closed");
        Path file = config.folder().resolve(config.names().at(clock.instant()));
        try {
            return Delivery.refusing(append(file, events), "a value in it has no JSON form");
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + reason(e), e);
        }
    }

    /// Returns how many events have no line.
    private int append(Path file, List<Event> events) throws IOException {
        Path folder = file.getParent();
        if (folder != null) Files.createDirectories(folder);
        // Opening a pipe could wait for ever.
        if (Files.exists(file) && !Files.isRegularFile(file)) throw new IOException("it is not a regular file");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long before = channel.size();
            Lines lines = new Lines(channel);
            try {
                int refused = 0;
                for (Event event : events) if (!add(event, lines)) refused++;
                lines.write();
                channel.force(false);
                return refused;
            } catch (IOException | RuntimeException | Error e) {
                takeBack(channel, before, lines.written);
                throw e;
            }
        }
    }

    private boolean add(Event event, Lines lines) throws IOException {
        try {
            lines.add(config.line().apply(event));
            return true;
        } catch (UnencodableValueException e) {
            return false;
        }
    }

    /// On their way to the file, some at a time: a batch of megabytes in one piece would be copied several times, each time into
    /// memory that has to be got for it.
    private static final class Lines {
        private static final int PIECE = 64 * 1024;

        private final FileChannel channel;
        private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
        private long written;

        Lines(FileChannel channel) {
            this.channel = channel;
        }

        void add(byte[] line) throws IOException {
            if (piece.size() > 0 && piece.size() + line.length > PIECE) write();
            piece.writeBytes(line);
        }

        void write() throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(piece.toByteArray());
            piece.reset();
            while (bytes.hasRemaining()) written += channel.write(bytes);
        }
    }

    /// The batch will come again, so what stands there of it must go; but not if somebody else has written behind it.
    private static void takeBack(FileChannel channel, long before, long written) {
        try {
            if (channel.size() == before + written) channel.truncate(before);
        } catch (IOException e) {
            // What is there twice then is still better than what is nowhere.
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) return "no such folder";
        if (failure instanceof AccessDeniedException) return "permission denied";
        if (failure instanceof FileAlreadyExistsException) return "its folder is a file";
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "file " + sink();
    }
}
