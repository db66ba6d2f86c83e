package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A relay is asked 1,000 times a second while its flag file is broken in every way people break it, and mended again.
///
/// Each step waits until the relay's log says that the edit was seen, and then for more answers, so every state is under
/// load however slow the machine is.
final class BrokenEdits {
    private static final int CONNECTIONS = 8;

    static final int PER_SECOND = 1_000;

    private static final String GOOD = """
            static:
              variations: {"on": true, "off": false}
              defaultRule: {variation: "on"}
            checkout:
              variations: {old: the old one, new: the new one}
              targeting:
                - {query: plan eq "pro", variation: new}
              defaultRule: {variation: old}
            share:
              variations: {a: 1, b: 2}
              defaultRule: {percentage: {a: 50, b: 50}}
            """;

    /// One way to break the file.
    enum Edit {
        /// One flag names a variation that it does not have.
        INVALID_FLAG,
        UNPARSABLE_FILE,
        EMPTY_FILE,
        VANISHED_FILE;

        /// Null where there is no file.
        private @Nullable String text() {
            return switch (this) {
                case INVALID_FLAG -> GOOD.replace("{variation: old}", "{variation: nowhere}");
                case UNPARSABLE_FILE -> GOOD.replace("{a: 50, b: 50}}", "{a: 50, b: 50");
                case EMPTY_FILE -> "";
                case VANISHED_FILE -> null;
            };
        }

        /// What the line in the log must name beside the file.
        private List<String> named() {
            return switch (this) {
                case INVALID_FLAG -> List.of("\"line\":8", "\"flagKey\":\"checkout\"", "nowhere does not exist");
                case UNPARSABLE_FILE -> List.of("\"line\":11", "flags cannot be used");
                case EMPTY_FILE -> List.of("the document has no flags", "flags cannot be used");
                case VANISHED_FILE -> List.of("no such file", "flags cannot be used");
            };
        }
    }

    /// What came of it.
    ///
    /// @param log one line for each edit: how the relay said that it saw it
    record Outcome(Load.Outcome load, List<String> log) {}

    private final Path flags;
    private final Path folder;

    private BrokenEdits(Path folder) {
        this.folder = folder;
        flags = folder.resolve("flags.yaml");
    }

    /// @param folder  for files that can be thrown away
    /// @param rounds  how often every edit is made
    /// @param answers how many of them each state of the file has to see
    /// @param more    lines of the relay's configuration
    static Outcome run(Path folder, int rounds, long answers, String more) throws IOException {
        return new BrokenEdits(folder).run(rounds, answers, more);
    }

    private Outcome run(int rounds, long answers, String more) throws IOException {
        write(GOOD);
        List<String> log = new ArrayList<>();
        try (ServerProcess relay = RelayServer.start(Optional.empty(), folder, flags, more);
                Load load = Load.start(relay.port(), questions(), CONNECTIONS, PER_SECOND)) {
            load.awaitMore(answers);
            for (int round = 0; round < rounds; round++) {
                for (Edit edit : Edit.values()) {
                    log.add(after(relay, () -> write(edit.text()), line -> line.contains("\"file\":\"" + flags)
                            && edit.named().stream().allMatch(line::contains)));
                    load.awaitMore(answers);
                    String _ = after(relay, () -> write(GOOD), line -> line.contains("flags are good again"));
                    load.awaitMore(answers);
                }
            }
            return new Outcome(load.stop(), log);
        }
    }

    /// The line that says that what was done has been seen.
    private static String after(ServerProcess relay, Action action, Predicate<String> seen) throws IOException {
        int before = relay.said();
        action.run();
        return relay.await(before, seen);
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    /// Replaces the file as a whole, as editors and deployments do.
    private void write(@Nullable String text) throws IOException {
        if (text == null) {
            Files.delete(flags);
            return;
        }
        Path next = Files.writeString(folder.resolve("flags.yaml.new"), text);
        Files.move(next, flags, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Question> questions() {
        return IntStream.range(0, 30)
                .mapToObj(i -> Question.post(
                        "/ofrep/v1/evaluate/flags/" + List.of("static", "checkout", "share").get(i % 3),
                        "{\"context\":{\"targetingKey\":\"user-" + i + "\",\"plan\":\"" + (i % 2 == 0 ? "pro" : "free")
                                + "\"}}"))
                .toList();
    }
}
