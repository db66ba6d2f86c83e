package dev.jackstaff.relay.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/// The fields of one event, in the order they are written: what the original's logger writes, without `caller`.
final class Line {
    private Line() {}

    static Map<String, Object> of(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        fields.put("ts", event.getTimeStamp() / 1000.0);
        fields.put("msg", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null)
            for (KeyValuePair pair : event.getKeyValuePairs()) fields.put(pair.key, plain(pair.value));
        if (event.getThrowableProxy() != null)
            fields.put("stacktrace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        return fields;
    }

    private static Object plain(Object value) {
        if (value instanceof Long || value instanceof Double || value instanceof Boolean) return value;
        if (value instanceof Integer number) return number.longValue();
        return String.valueOf(value);
    }
}
