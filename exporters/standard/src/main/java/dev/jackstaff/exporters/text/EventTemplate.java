package dev.jackstaff.exporters.text;

import dev.jackstaff.engine.event.Event;
import dev.jackstaff.engine.event.EventType;
import dev.jackstaff.spi.Settings;
import java.time.ZoneId;
import java.util.Map;

/// A template for events of one type. Immutable.
public final class EventTemplate {
    private final Template template;
    private final ZoneId zone;

    private EventTemplate(Template template, ZoneId zone) {
        this.template = template;
        this.zone = zone;
    }

    /// Reads the template at a key; one that cannot be used is a problem of the settings, and the default's place is taken
    /// by nothing.
    ///
    /// @param byDefault for each type of event: the original has only one, which fails for tracking events
    public static EventTemplate read(Settings settings, String key, EventType type, Map<EventType, String> byDefault) {
        ZoneId zone = ZoneId.systemDefault();
        try {
            String text = settings.text(key, byDefault.getOrDefault(type, ""));
            return new EventTemplate(Template.parse(text, EventFields.of(type)), zone);
        } catch (TemplateException e) {
            settings.problem("\"" + key + "\" is no template for " + type.wireName() + " events: " + e.getMessage());
            return new EventTemplate(Template.EMPTY, zone);
        }
    }

    public String render(Event event) {
        return template.render(EventFields.of(event, zone));
    }
}
