package dev.jackstaff.relay.metrics;

import dev.jackstaff.engine.diff.Changes;
import dev.jackstaff.runtime.ChangeListener;
import dev.jackstaff.runtime.FlagSetChange;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;

/// Counts flags that are added, changed and removed, those of the first load included. Thread-safe.
final class FlagChangeMetrics implements ChangeListener {

    /// Without and with the names of the flags.
    private record Kind(Counter total, FlagNames names) {
        static Kind of(String name, String what, PrometheusRegistry registry, VerbatimCounters verbatim) {
            Counter total = Counter.builder()
                    .name(name + "_total")
                    .help("Flags that were " + what + ".")
                    .withoutExemplars()
                    .register(registry);
            total.inc(0);
            return new Kind(
                    total, new FlagNames(verbatim.add(name, "How often each flag was " + what + ".", FlagNames.LABEL)));
        }

        void count(Set<String> flags) {
            total.inc(flags.size());
            flags.forEach(names::existing);
        }
    }

    private final Counter changes;
    private final Kind added;
    private final Kind updated;
    private final Kind deleted;

    FlagChangeMetrics(PrometheusRegistry registry, VerbatimCounters verbatim) {
        changes = Counter.builder()
                .name("gofeatureflag_flag_changes_total")
                .help("Refreshes that changed flags.")
                .withoutExemplars()
                .register(registry);
        added = Kind.of("gofeatureflag_flag_create", "added", registry, verbatim);
        updated = Kind.of("gofeatureflag_flag_update", "changed", registry, verbatim);
        deleted = Kind.of("gofeatureflag_flag_delete", "removed", registry, verbatim);
    }

    @Override
    public void changed(FlagSetChange change) {
        Changes difference = Changes.between(change.before().definitions(), change.after().definitions());
        if (difference.isEmpty()) return;
        changes.inc();
        added.count(difference.added().keySet());
        updated.count(difference.updated().keySet());
        deleted.count(difference.deleted().keySet());
    }
}
