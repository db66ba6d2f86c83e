package dev.jackstaff.relay.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Workers that do not come back: still out 5 s after the deadline of their request. Nobody waits for them, and their permits
/// stay out, so they cannot pile up.
///
/// Thread-safe, but for [#look].
public final class StuckWorkers {
    private static final Logger LOG = LoggerFactory.getLogger(StuckWorkers.class);

    /// A class of requests of which more than half of the permits are out for workers that do not come back.
    public record Shortage(String name, int stuck, int permits) {}

    private final Map<String, Offload> offloads = new ConcurrentSkipListMap<>();

    // Of who looks.
    private final Set<Handover> told = Collections.newSetFromMap(new IdentityHashMap<>());
    private List<String> shortBefore = List.of();

    /// @param name of the kind of requests, for people
    public void watch(String name, Offload offload) {
        offloads.put(name, offload);
    }

    /// Those that have too few workers left; empty while all is well.
    public List<Shortage> shortages() {
        List<Shortage> shortages = new ArrayList<>();
        offloads.forEach((name, offload) -> {
            int stuck = offload.stuck().size();
            if (2 * stuck > offload.atOnce()) shortages.add(new Shortage(name, stuck, offload.atOnce()));
        });
        return shortages;
    }

    /// Logs each worker that has become stuck, once and with the place where it is, and each class that becomes short of
    /// workers or is so no more. For one thread, now and then.
    public void look() {
        List<Handover> all = new ArrayList<>();
        offloads.forEach((name, offload) -> {
            for (Handover work : offload.stuck()) {
                all.add(work);
                if (told.add(work)) tell(name, work);
            }
        });
        told.retainAll(all);
        tellShortages();
    }

    private static void tell(String name, Handover work) {
        Throwable place = new Throwable("here");
        place.setStackTrace(work.whereabouts());
        LOG.atWarn().setCause(place).addKeyValue("class", name).log("a worker is stuck");
    }

    private void tellShortages() {
        List<Shortage> shortages = shortages();
        List<String> names = shortages.stream().map(Shortage::name).toList();
        for (Shortage it : shortages)
            if (!shortBefore.contains(it.name))
                LOG.atError()
                        .addKeyValue("class", it.name)
                        .addKeyValue("stuck", it.stuck)
                        .addKeyValue("permits", it.permits)
                        .log("not ready: more than half of the workers are stuck");
        for (String name : shortBefore)
            if (!names.contains(name)) LOG.atInfo().addKeyValue("class", name).log("workers have come back");
        shortBefore = names;
    }
}
