package dev.jackstaff.relay.admin;

import dev.jackstaff.runtime.Refresh;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Flag sets that can be told to refresh. Thread-safe.
public interface Refreshable {

    /// Refreshes the flag set of a name now. Empty when there is none. All who ask while a refresh runs share the next one.
    List<CompletableFuture<Refresh>> refresh(String flagSet);

    List<CompletableFuture<Refresh>> refreshAll();
}
