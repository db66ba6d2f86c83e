package dev.jackstaff.runtime;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.snapshot.CompileOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one flag set is kept current. Immutable.
///
/// @param name            what people call the flag set; in logs and messages
/// @param syntax          the notation of documents whose retriever does not say
/// @param pollingInterval time from one poll to the next. As in GO Feature Flag: zero means 60 s, less than a second means
///                        one second, negative means no polling
/// @param pollingJitter   whether the interval is moved once, at start, by up to 10 % either way, so that many servers do
///                        not poll at the same moment
/// @param retrieveLimit   how long one retrieve may take; zero means the polling interval, within 10 and 60 seconds
/// @param startWithRetrieverError whether to start although a retriever fails at first; its flags follow when it works
/// @param lastFlags       the file that keeps the flags for a start without their source, or null for none
/// @param compile         how flags are compiled
public record FlagSetOptions(
        String name,
        Syntax syntax,
        Duration pollingInterval,
        boolean pollingJitter,
        Duration retrieveLimit,
        boolean startWithRetrieverError,
        @Nullable Path lastFlags,
        CompileOptions compile) {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SHORTEST_DEFAULT_LIMIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_DEFAULT_LIMIT = Duration.ofSeconds(60);

    public FlagSetOptions {
        requireNonNull(name, "name");
        requireNonNull(syntax, "syntax");
        requireNonNull(compile, "compile");
        pollingInterval = effective(pollingInterval);
        if (retrieveLimit.isNegative()) throw new IllegalArgumentException("retrieveLimit < 0: " + retrieveLimit);
        if (retrieveLimit.isZero()) retrieveLimit = limitFor(pollingInterval);
    }

    /// The options of GO Feature Flag when nothing is configured.
    public static FlagSetOptions named(String name) {
        return new FlagSetOptions(
                name, Syntax.YAML, Duration.ZERO, false, Duration.ZERO, false, null, CompileOptions.DEFAULT);
    }

    /// Whether there are polls at all.
    public boolean polls() {
        return !pollingInterval.isNegative();
    }

    public FlagSetOptions withSyntax(Syntax syntax) {
        return new FlagSetOptions(
                name, syntax, pollingInterval, pollingJitter, retrieveLimit, startWithRetrieverError, lastFlags,
                compile);
    }

    /// Also sets the limit anew that follows from the interval; set another limit after this.
    public FlagSetOptions withPollingInterval(Duration pollingInterval) {
        return new FlagSetOptions(
                name, syntax, pollingInterval, pollingJitter, Duration.ZERO, startWithRetrieverError, lastFlags,
                compile);
    }

    public FlagSetOptions withPollingJitter(boolean pollingJitter) {
        return new FlagSetOptions(
                name, syntax, pollingInterval, pollingJitter, retrieveLimit, startWithRetrieverError, lastFlags,
                compile);
    }

    public FlagSetOptions withRetrieveLimit(Duration retrieveLimit) {
        return new FlagSetOptions(
                name, syntax, pollingInterval, pollingJitter, retrieveLimit, startWithRetrieverError, lastFlags,
                compile);
    }

    public FlagSetOptions withStartWithRetrieverError(boolean startWithRetrieverError) {
        return new FlagSetOptions(
                name, syntax, pollingInterval, pollingJitter, retrieveLimit, startWithRetrieverError, lastFlags,
                compile);
    }

    public FlagSetOptions withLastFlags(@Nullable Path lastFlags) {
        return new FlagSetOptions(
                name, syntax, pollingInterval, pollingJitter, retrieveLimit, startWithRetrieverError, lastFlags,
                compile);
    }

    public FlagSetOptions withCompile(CompileOptions compile) {
        return new FlagSetOptions(
                name, syntax, pollingInterval, pollingJitter, retrieveLimit, startWithRetrieverError, lastFlags,
                compile);
    }

    private static Duration effective(Duration interval) {
        if (interval.isZero()) return DEFAULT_INTERVAL;
        return !interval.isNegative() && interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
    }

    private static Duration limitFor(Duration interval) {
        if (interval.isNegative() || interval.compareTo(LONGEST_DEFAULT_LIMIT) > 0) return LONGEST_DEFAULT_LIMIT;
        return interval.compareTo(SHORTEST_DEFAULT_LIMIT) < 0 ? SHORTEST_DEFAULT_LIMIT : interval;
    }
}
