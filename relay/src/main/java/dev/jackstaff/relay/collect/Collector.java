package dev.jackstaff.relay.collect;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.relay.http.Decoded;
import dev.jackstaff.relay.http.InlineHandler;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.runtime.Events;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records what a client has collected, for the exporters of its flag set.
///
/// As in the original the answer counts every event that was sent, also those that are dropped; our own counts and the log
/// tell the truth (R-D41). Thread-safe.
public final class Collector implements InlineHandler<CollectRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Name INGESTED = Name.of("ingestedContentCount");

    private final LongAdder requests = new LongAdder();
    private final LongAdder recorded = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder unwanted = new LongAdder();

    public CollectorCounts counts() {
        long taken = recorded.sum(), wrong = rejected.sum(), idle = unwanted.sum();
        return new CollectorCounts(requests.sum(), taken + wrong + idle, taken, wrong, idle);
    }

    /// Recording is the work here and no effect: the answer says that it is done.
    @Override
    public Response handle(Decoded<CollectRequest> call) {
        CollectRequest batch = call.value();
        Events events = call.flagSet().events();
        for (Event event : batch.events()) {
            boolean wanted = events.take(event.type());
            if (wanted) events.record(event);
            (wanted ? recorded : unwanted).increment();
        }
        if (!batch.rejected().isEmpty()) tell(batch, call.flagSet().name());
        requests.increment();
        int count = batch.events().size() + batch.rejected().size();
        return Response.json(200, JsonWriter.write(
                call.request().style().pretty(), json -> json.beginObject().member(INGESTED, count).endObject()));
    }

    private void tell(CollectRequest batch, String flagSet) {
        rejected.add(batch.rejected().size());
        LOG.atWarn()
                .addKeyValue("flagSet", flagSet)
                .addKeyValue("events", batch.rejected().size())
                .addKeyValue("first", batch.rejected().getFirst())
                .log("collected events have no usable form and are dropped");
    }
}
