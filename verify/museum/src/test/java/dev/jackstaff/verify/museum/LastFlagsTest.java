package dev.jackstaff.verify.museum;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.runtime.FlagSet;
import dev.jackstaff.runtime.FlagSetOptions;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.FakeRetriever;
import dev.jackstaff.verify.museum.LastFlagsTest.Kept;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/// R-D29, E-D14, D-7, D-8: the flags that were served last were kept in a file that was written in place, so that a crash left
/// half of it, as YAML, which a relay with flags in JSON then could not read.
class LastFlagsTest implements Exhibit<Kept> {
    private static final String LAST = "zz-last";
    private static final int FLAGS = 300, LEAST_READS = 300, LEAST_EDITIONS = 100, PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    interface Kept {
        void serve(String json) throws Exception;

        /// Whether a start without the source has the flags.
        boolean isThereAfterRestart() throws Exception;
    }

    @Override
    public Kept twin() {
        return new Kept() {
            @Override
            public void serve(String json) throws IOException {
                try (OutputStream out = Files.newOutputStream(folder.resolve("last"))) {
                    for (String line : json.lines().toList())
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }

            @Override
            public boolean isThereAfterRestart() {
                return true;
            }
        };
    }

    @Override
    public Kept ours() throws Exception {
        FlagSetOptions options = Flags.options().withSyntax(Syntax.JSON).withLastFlags(folder.resolve("last"));
        FakeRetriever source = new FakeRetriever("flags.json", flags(0));
        FlagSet flags = Flags.started(options, List.of(source), new FakeClock(Flags.NOW), Runnable::run);
        return new Kept() {
            @Override
            public void serve(String json) throws Exception {
                source.serves(json);
                if (!flags.refresh().get().changed()) throw new AssertionError("nothing to keep");
            }

            @Override
            public boolean isThereAfterRestart() throws Exception {
                FakeRetriever gone = new FakeRetriever("flags.json", "");
                gone.fails("gone");
                try (FlagSet again = Flags.started(options, List.of(gone), new FakeClock(Flags.NOW), Runnable::run)) {
                    return again.snapshot().definitions().containsKey(LAST);
                }
            }
        };
    }

    /// Reads beside a writer. Of neither there can be too few because the other was quicker.
    @Override
    public Optional<String> examine(Kept kept) throws Exception {
        kept.serve(flags(1));
        AtomicInteger editions = new AtomicInteger(1);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                while (editions.get() < LEAST_EDITIONS || !enough.get())
                    kept.serve(flags(editions.incrementAndGet()));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }, new Threads());
        boolean half = false;
        for (int reads = 0; !half && !writer.isDone(); reads++) {
            half = !Files.readString(folder.resolve("last")).contains(LAST);
            enough.set(half || reads >= LEAST_READS);
        }
        writer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (half) return Optional.of("a read found half a file");
        return Exhibit.when(!kept.isThereAfterRestart(), "a start without the source has no flags");
    }

    private static String flags(int edition) {
        StringBuilder json = new StringBuilder("{\n");
        for (int flag = 0; flag < FLAGS; flag++)
            json.append("\"f%d\":{\"variations\":{\"a\":%d},\"defaultRule\":{\"variation\":\"a\"}},%n"
                    .formatted(flag, edition));
        return json.append("\"" + LAST + "\":{\"variations\":{\"a\":1},\"defaultRule\":{\"variation\":\"a\"}}}\n")
                .toString();
    }
}
