package dev.jackstaff.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.engine.event.EvaluationEvent;
import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.TrackingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final Instant DATE = Instant.ofEpochSecond(1617970547, 999_999_999);

    @Test
    void an_evaluation_event_is_the_line_of_the_original() {
        assertThat(line(event("anonymousUser", "YO", Map.of())))
                .isEqualTo("{\"kind\":\"feature\",\"contextKind\":\"anonymousUser\",\"userKey\":\"ABCD\","
                        + "\"creationDate\":1617970547,\"key\":\"random-key\",\"variation\":\"Default\","
                        + "\"value\":\"YO\",\"default\":false,\"version\":\"\",\"source\":\"SERVER\"}\n");
    }

    @Test
    void an_empty_context_kind_and_empty_metadata_are_left_out_and_a_null_value_is_not() {
        assertThat(line(event("", null, Map.of("b", 1.0, "a", List.of("<")))))
                .isEqualTo("{\"kind\":\"feature\",\"userKey\":\"ABCD\",\"creationDate\":1617970547,"
                        + "\"key\":\"random-key\",\"variation\":\"Default\",\"value\":null,\"default\":false,"
                        + "\"version\":\"\",\"source\":\"SERVER\",\"metadata\":{\"a\":[\"\\u003c\"],\"b\":1}}\n");
    }

    @Test
    void a_tracking_event_shows_what_it_does_not_have() {
        assertThat(line(new TrackingEvent("user", "u", DATE, "bought", Map.of("targetingKey", "u"), null)))
                .isEqualTo("{\"kind\":\"tracking\",\"contextKind\":\"user\",\"userKey\":\"u\","
                        + "\"creationDate\":1617970547,\"key\":\"bought\","
                        + "\"evaluationContext\":{\"targetingKey\":\"u\"},\"trackingEventDetails\":null}\n");
    }

    @Test
    void a_value_without_json_form_is_told() {
        assertThatThrownBy(() -> line(event("user", Double.NaN, Map.of())))
                .isInstanceOf(UnencodableValueException.class);
    }

    private static EvaluationEvent event(
            String contextKind, @Nullable Object value, Map<String, @Nullable Object> metadata) {
        return new EvaluationEvent("feature", contextKind, "ABCD", DATE, "random-key", "Default", value, false, "",
                "SERVER", metadata);
    }

    private static String line(Event event) {
        return new String(EventJson.line(event).copy(), StandardCharsets.UTF_8);
    }
}
