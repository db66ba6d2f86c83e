package dev.jackstaff.relay.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// `level=info ts=1700000000.123 msg="listening on" port=1031`.
final class LogfmtLines extends EncoderBase<ILoggingEvent> {

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, Object> field : Line.of(event).entrySet()) {
            if (!line.isEmpty()) line.append(' ');
            line.append(field.getKey()).append('=');
            value(line, field.getValue().toString());
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void value(StringBuilder line, String value) {
        boolean bare = !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '"' && c != '=' && c != 0x7F);
        if (bare) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> line.append('\\').append(c);
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7F) line.append(String.format("\\u%04x", (int) c));
                    else
                        line.append(c);
                }
            }
        }
        line.append('"');
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
