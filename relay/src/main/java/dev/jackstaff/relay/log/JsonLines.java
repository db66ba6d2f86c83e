package dev.jackstaff.relay.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.jackstaff.formats.json.JsonWriter;
import java.util.Map;

/// `{"level":"info","ts":1700000000.123,"msg":"listening","port":1031}`.
final class JsonLines extends EncoderBase<ILoggingEvent> {

    @Override
    public byte[] encode(ILoggingEvent event) {
        return JsonWriter.write(false, json -> {
            json.beginObject();
            for (Map.Entry<String, Object> field : Line.of(event).entrySet())
                json.name(field.getKey()).value(field.getValue());
            json.endObject();
        })
                .copy();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
