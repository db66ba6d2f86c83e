package dev.jackstaff.relay.metrics;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.Response;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The forms in which metrics are written: text, or protobuf for those who ask, which alone has native histograms. No
/// OpenMetrics, as in the original: it would rename counters.
final class Exposition {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

    private static final PrometheusTextFormatWriter AS_TEXT = PrometheusTextFormatWriter.create();
    private static final PrometheusProtobufWriter AS_PROTOBUF = new PrometheusProtobufWriter();

    private Exposition() {}

    /// @param accept   what the caller would like to get, or null
    /// @param snapshots written one behind the other; both forms allow that
    static Response of(@Nullable String accept, List<MetricSnapshots> snapshots) {
        return AS_PROTOBUF.isAvailable() && accept != null && AS_PROTOBUF.accepts(accept)
                ? Response.of(AS_PROTOBUF.getContentType(), written(AS_PROTOBUF, snapshots))
                : Response.of(TEXT, written(AS_TEXT, snapshots));
    }

    private static Body written(ExpositionFormatWriter writer, List<MetricSnapshots> snapshots) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (MetricSnapshots snapshot : snapshots) writer.write(out, snapshot);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing here does IO", e);
        }
        return Body.adopting(out.toByteArray());
    }
}
