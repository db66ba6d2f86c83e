package dev.jackstaff.relay.stream;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import dev.jackstaff.relay.http.Message;
import dev.jackstaff.relay.http.Refetches;
import dev.jackstaff.relay.http.Subscriber;
import dev.jackstaff.relay.http.Topic;
import dev.jackstaff.relay.publication.Publication;
import dev.jackstaff.runtime.ChangeListener;
import dev.jackstaff.runtime.FlagSetChange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The `refetchEvaluation` messages of one flag set, as OFREP 0.3.0 has them: one a change, with the ETag of the flag
/// configuration, which is its id as well. A client that has missed some needs only the last. Thread-safe.
public final class RefetchTopic extends Audience implements Refetches, ChangeListener {
    /// Where [StreamRoutes] has it.
    public static final String PATH = "/stream/v1/ofrep/flag/change";

    private static final Name TYPE = Name.of("type");
    private static final Name ETAG = Name.of("etag");
    private static final Name LAST_MODIFIED = Name.of("lastModified");

    private final Supplier<Publication> publications;
    private volatile String requestUri = PATH; // writer: whoever changes the keys, one at a time

    public RefetchTopic(Supplier<Publication> publications) {
        this.publications = publications;
    }

    /// @param pass opens this topic; empty where none is needed
    public void opensWith(String pass) {
        requestUri = pass.isEmpty() ? PATH : PATH + "?apiKey=" + pass;
    }

    @Override
    public String requestUri() {
        return requestUri;
    }

    @Override
    public void changed(FlagSetChange change) {
        tell(this::now);
    }

    @Override
    public Topic since(@Nullable String lastEventId) {
        return lastEventId == null || lastEventId.isEmpty() || lastEventId.equals(id(publications.get()))
                ? this
                : new Behind(this);
    }

    /// For a subscriber that has missed something. A change in between is told twice, and not missed.
    private record Behind(RefetchTopic topic) implements Topic {
        @Override
        public void add(Subscriber subscriber) {
            topic.add(subscriber);
            subscriber.offer(topic.now());
        }

        @Override
        public void remove(Subscriber subscriber) {
            topic.remove(subscriber);
        }
    }

    private Message now() {
        Publication publication = publications.get();
        return Message.replacing(id(publication), message(publication));
    }

    private static String id(Publication publication) {
        return publication.configurationTag().replace("\"", "");
    }

    private static Body message(Publication publication) {
        return JsonWriter.write(false, json -> json.beginObject()
                .member(TYPE, "refetchEvaluation")
                .member(ETAG, publication.configurationTag())
                .member(LAST_MODIFIED, publication.changed().getEpochSecond())
                .endObject());
    }
}
