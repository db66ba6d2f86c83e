import org.jspecify.annotations.NullMarked;

/// Exporters that need no driver: file, log and webhook.
@NullMarked
module dev.jackstaff.exporters.standard {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.spi;
    requires dev.jackstaff.formats;
    requires dev.jackstaff.outgoing;
    requires org.slf4j;

    // Names in full: Error Prone 2.52's RemoveUnusedImports breaks on imports that only `provides` uses.
    provides dev.jackstaff.spi.ExporterFactory with dev.jackstaff.exporters.file.FileExporterFactory,
        dev.jackstaff.exporters.log.LogExporterFactory, dev.jackstaff.exporters.webhook.WebhookExporterFactory;
}
