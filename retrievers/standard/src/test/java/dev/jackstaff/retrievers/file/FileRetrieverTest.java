package dev.jackstaff.retrievers.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jackstaff.spi.InvalidSettingsException;
import dev.jackstaff.spi.Retrieval;
import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Revision;
import dev.jackstaff.spi.Settings;
import dev.jackstaff.testkit.FakeClock;
import dev.jackstaff.testkit.RetrieverContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRetrieverTest extends RetrieverContract {

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.now());

    @Override
    protected Retriever create() {
        return new FileRetriever(new FileRetrieverConfig(file(), 1000), clock);
    }

    @Override
    protected void store(String document) throws IOException {
        Files.writeString(file(), document);
    }

    @Override
    protected void vanish() throws IOException {
        Files.deleteIfExists(file());
    }

    /// A pipe that nobody writes to: whoever opens it waits for ever.
    @Override
    protected void stall() throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", file().toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
    }

    /// A file has no secret; its content is the nearest thing to one.
    @Override
    protected String secret() {
        return "a: 1";
    }

    @Test
    void a_file_replaced_by_an_atomic_rename_is_noticed_even_with_the_same_size_and_time() throws Exception {
        store("a: 1\n");
        FileTime time = Files.getLastModifiedTime(file());
        longAgo();
        Revision known = revision(retrieve(null));

        Path next = Files.writeString(folder.resolve("next.yaml"), "a: 2\n");
        Files.setLastModifiedTime(next, time);
        Files.move(next, file(), ATOMIC_MOVE);
        assertThat(text(retrieve(known))).isEqualTo("a: 2\n");
    }

    @Test
    void a_file_written_in_place_with_its_time_set_back_is_noticed() throws Exception {
        store("a: 1\n");
        FileTime time = Files.getLastModifiedTime(file());
        longAgo();
        Revision known = revision(retrieve(null));

        store("a: 2\n");
        Files.setLastModifiedTime(file(), time);
        assertThat(text(retrieve(known))).isEqualTo("a: 2\n");
    }

    @Test
    void a_file_that_was_only_touched_is_unchanged() throws Exception {
        store("a: 1\n");
        Revision known = revision(retrieve(null));

        Files.setLastModifiedTime(file(), FileTime.from(clock.instant().plusSeconds(5)));
        assertThat(retrieve(known)).isInstanceOf(Retrieval.Unchanged.class);
    }

    @Test
    void only_a_file_whose_last_write_is_long_over_is_taken_as_unchanged_unread() throws Exception {
        store("a: 1\n");
        FileRevision fresh = (FileRevision) revision(retrieve(null));
        assertThat(fresh.settled()).isFalse();

        longAgo();
        FileRevision settled = (FileRevision) revision(retrieve(fresh));
        assertThat(settled.settled()).isTrue();
        assertThat(((Retrieval.Unchanged) retrieve(settled)).revision()).isSameAs(settled);
    }

    @Test
    void a_file_cut_off_in_place_comes_as_it_is() throws Exception {
        store("a: 1\nb: 2\n");
        Revision known = revision(retrieve(null));

        store("");
        assertThat(text(retrieve(known))).isEmpty();
    }

    @Test
    void a_link_is_followed_anew_each_time() throws Exception {
        Path first = Files.writeString(folder.resolve("first.yaml"), "a: 1\n");
        Path second = Files.writeString(folder.resolve("second.yaml"), "a: 2\n");
        Files.createSymbolicLink(file(), first);
        longAgo();
        Revision known = revision(retrieve(null));

        Files.delete(file());
        Files.createSymbolicLink(file(), second);
        assertThat(text(retrieve(known))).isEqualTo("a: 2\n");
    }

    @Test
    void a_folder_a_missing_file_and_a_pipe_are_told_apart() throws Exception {
        assertThatThrownBy(() -> retrieve(null)).hasMessage("cannot read " + file() + ": no such file");
        stall();
        assertThatThrownBy(() -> retrieve(null)).hasMessage("cannot read " + file() + ": it is not a regular file");
        Files.delete(file());
        Files.createDirectory(file());
        assertThatThrownBy(() -> retrieve(null)).hasMessage("cannot read " + file() + ": it is a directory");
    }

    @Test
    void a_file_may_be_as_large_as_the_limit_and_not_larger() throws Exception {
        store("x".repeat(1000));
        assertThat(text(retrieve(null))).hasSize(1000);

        store("x".repeat(1001));
        assertThatThrownBy(() -> retrieve(null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 1000 bytes")
                .hasMessageContaining("maxBytes");
    }

    @Test
    void a_limit_that_is_over_is_kept_while_reading() throws Exception {
        store("a: 1\n");

        assertThatThrownBy(() -> retriever().retrieve(null, Duration.ofNanos(-1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in time");
    }

    @Test
    void the_factory_reads_its_settings() throws Exception {
        Settings settings = new Settings("file", Map.of("path", "flags.yaml", "maxBytes", "5"));

        assertThat(FileRetrieverConfig.read(settings)).isEqualTo(new FileRetrieverConfig(Path.of("flags.yaml"), 5));
        assertThat(new FileRetrieverFactory().create(settings).source()).isEqualTo("flags.yaml");
    }

    @Test
    void a_path_has_to_be_given() {
        var problems = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> new FileRetrieverFactory().create(new Settings("file", Map.of("maxBytes", "many"))))
                .problems();

        assertThat(problems)
                .containsExactly(
                        "invalid retriever: no \"path\" property found for kind \"file\"",
                        "invalid retriever: \"maxBytes\" must be a whole number");
    }

    private Path file() {
        return folder.resolve("flags.yaml");
    }

    /// Moves on until every write so far is an old one.
    private void longAgo() {
        clock.advance(Duration.ofMinutes(1));
    }
}
