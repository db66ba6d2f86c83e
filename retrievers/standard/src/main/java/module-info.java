import org.jspecify.annotations.NullMarked;

/// Retrievers that need no driver: file and http.
@NullMarked
module dev.jackstaff.retrievers.standard {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.spi;
    requires dev.jackstaff.outgoing;

    // Names in full: Error Prone 2.52's RemoveUnusedImports breaks on imports that only `provides` uses.
    provides dev.jackstaff.spi.RetrieverFactory with dev.jackstaff.retrievers.file.FileRetrieverFactory,
        dev.jackstaff.retrievers.http.HttpRetrieverFactory;
}
