package dev.jackstaff.exporters.text;

import dev.jackstaff.spi.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// The names of the files that batches are written to, by a template with `Hostname`, `Timestamp` (Unix seconds) and
/// `Format`. Immutable.
public final class FileNames {
    private static final String DEFAULT = "flag-variation-{{ .Hostname}}-{{ .Timestamp}}.{{ .Format}}";
    private static final Set<String> FIELDS = Set.of("Hostname", "Timestamp", "Format");

    private final Template template;
    private final String hostname;
    private final String format;

    private FileNames(Template template, String hostname, String format) {
        this.template = template;
        this.hostname = hostname;
        this.format = format;
    }

    /// Reads key `filename`; a template that cannot be used is a problem of the settings.
    ///
    /// @param format as it stands in names
    public static FileNames read(Settings settings, String format) {
        Template template = Template.EMPTY;
        try {
            template = Template.parse(settings.text("filename", DEFAULT), FIELDS);
        } catch (TemplateException e) {
            settings.problem("\"filename\" is no template: " + e.getMessage());
        }
        return new FileNames(template, hostname(), format);
    }

    public String at(Instant now) {
        return template.render(Map.of(
                "Hostname", hostname, "Timestamp", Long.toString(now.getEpochSecond()), "Format", format));
    }

    /// Of this machine; empty where it has none.
    public static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
