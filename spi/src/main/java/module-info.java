import org.jspecify.annotations.NullMarked;

/// What an integration implements: retrievers, exporters, notifiers.
@NullMarked
module dev.jackstaff.spi {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.engine;

    exports dev.jackstaff.spi;
}
