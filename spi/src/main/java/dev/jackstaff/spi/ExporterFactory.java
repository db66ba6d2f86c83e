package dev.jackstaff.spi;

import dev.jackstaff.engine.event.EventType;
import java.util.Set;

/// Makes the exporters of one kind. Found by [java.util.ServiceLoader]; stateless and thread-safe.
///
/// An integration announces its factory twice, as a [RetrieverFactory] is.
public interface ExporterFactory {

    /// What a configuration calls this kind, such as `webhook`. Compared as it stands.
    String kind();

    /// The configuration keys this kind knows, besides those all exporters have: `kind`, `eventType`, `flushInterval` and
    /// `maxEventInMemory`.
    Set<String> keys();

    /// Reads the settings and makes an exporter from them. Opens nothing yet: that is for [Exporter#init].
    ///
    /// @param type the events the exporter will get, so that templates can be checked against them
    /// @throws InvalidSettingsException with every problem there is, not only the first
    Exporter create(EventType type, Settings settings) throws InvalidSettingsException;
}
