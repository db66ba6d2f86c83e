import org.jspecify.annotations.NullMarked;

/// Retrievers that need no driver: file and http.
@NullMarked
module dev.jackstaff.retrievers.standard {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.spi;
}
