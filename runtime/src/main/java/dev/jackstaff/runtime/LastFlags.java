package dev.jackstaff.runtime;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.Reading;
import dev.jackstaff.formats.json.FlagJson;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.UnencodableValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The flags that were served last, in a file, for a start at which no retriever can deliver any. The file is YAML, whatever
/// the retrievers' notation is; it has flags and nothing else.
///
/// It is replaced as a whole: whoever reads it finds the flags before a change or after it, also when the machine stops
/// in between. For one writer at a time.
record LastFlags(String flagSet, Path file) implements ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(FlagSet.class);

    /// What the file says; null when there is none.
    ///
    /// @throws IOException when it is there and cannot be read
    @Nullable
    Reading read() throws IOException {
        if (!Files.exists(file)) return null;
        return FlagDocuments.reading(Files.readAllBytes(file), Syntax.YAML, file.toString());
    }

    /// Writes down what is served now. What goes wrong is logged: the flags are served all the same.
    @Override
    public void changed(FlagSetChange change) {
        try {
            replace(text(change.after().definitions()));
        } catch (IOException | UnencodableValueException e) {
            LOG.atError()
                    .addKeyValue("flagSet", flagSet)
                    .addKeyValue("file", file)
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("the flags could not be kept for a start without their source");
        }
    }

    /// JSON with a comment before it is YAML, and has one spelling for each value.
    private byte[] text(Map<String, FlagDefinition> flags) {
        byte[] head = ("# The flags of flag set " + flagSet + " that were served last. Written by the relay.\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] body = JsonWriter.write(true, json -> FlagJson.write(json, flags)).copy();
        return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
    }

    private void replace(byte[] text) throws IOException {
        Path folder = requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        Path next = Files.createTempFile(folder, ".last-flags-", ".tmp");
        try {
            try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(text);
                while (left.hasRemaining()) out.write(left);
                out.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
        forceNames(folder);
    }

    /// A name is on the disk when its folder is. Not every system lets a folder be opened; then the name follows soon.
    private static void forceNames(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            LOG.debug("the folder {} cannot be forced to the disk", folder);
        }
    }
}
