package dev.jackstaff.relay.http;

import dev.jackstaff.runtime.Timer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What [Exchanges] puts to the test: the relay's own [Handover], or a [Twin] with a mistake. Called on the loop only.
interface Subject {

    /// Hands a job to a worker; null when that may not be had now.
    ///
    /// @param loop  runs tasks on the loop, later
    /// @param timer runs tasks on the loop, when told to
    /// @param owner takes the verdict, on the loop
    @Nullable
    Started begin(Function<Waiting, Response> job, Executor loop, Timer timer, Consumer<Verdict> owner);

    Accounts accounts();

    /// How many permits are home.
    int free();

    /// What can happen to a job from outside.
    interface Started {
        void gone();

        void drain();
    }

    /// What the subject itself has counted.
    ///
    /// @param unstarted verdicts before a handler ran
    record Accounts(long refused, long unstarted, long started, long answered, long failed, long expired, long gone,
            long drained, long late) {

        /// I11, as far as the number of requests that were read goes; empty when it holds.
        String imbalance(long read) {
            if (read != refused + unstarted + started)
                return read + " read are not refused, unstarted and started in " + this;
            if (started != answered + failed + expired + gone + drained)
                return "started is not the sum of the verdicts in " + this;
            if (started != answered + failed + late) return "each worker offers once, but not in " + this;
            return "";
        }
    }
}
