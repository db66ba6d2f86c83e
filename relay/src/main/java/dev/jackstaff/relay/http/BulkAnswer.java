package dev.jackstaff.relay.http;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.snapshot.BulkEvaluation;
import dev.jackstaff.engine.snapshot.Snapshot.FlagConsumer;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// An answer about many flags, evaluated and written one after the other, with a look at the clock now and then.
public final class BulkAnswer implements Slices {
    /// Between two looks at the clock: some microseconds, and in the worst of all rules some tens of milliseconds each.
    private static final int FLAGS_A_LOOK = 8;

    /// What is written, and what becomes of it.
    public interface Text {
        /// Before the first flag.
        void begin(JsonWriter json) throws IOException;

        void flag(JsonWriter json, String key, Evaluation evaluation) throws IOException;

        /// After the last one.
        void end(JsonWriter json) throws IOException;

        Response answer(Body body);
    }

    private final BulkEvaluation flags;
    private final JsonWriter json;
    private final Text text;
    private boolean begun;

    /// @param bytes about how many a flag takes
    public BulkAnswer(BulkEvaluation flags, boolean pretty, int bytes, Text text) {
        this.flags = flags;
        this.text = text;
        json = JsonWriter.begin(pretty, bytes * flags.size());
    }

    @Override
    public @Nullable Response next(Slice slice) {
        try {
            if (!begun) text.begin(json);
            begun = true;
            FlagConsumer writing = this::write;
            for (int i = 1; flags.next(writing); i++) if (i % FLAGS_A_LOOK == 0 && slice.isOver()) return null;
            text.end(json);
            return text.answer(json.finish());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to write", e);
        }
    }

    private void write(String key, Evaluation evaluation) {
        try {
            text.flag(json, key, evaluation);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to write", e);
        }
    }
}
