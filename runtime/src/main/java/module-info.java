import org.jspecify.annotations.NullMarked;

/// Keeps the snapshot of each flag set current and finds integrations.
@NullMarked
module dev.jackstaff.runtime {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.engine;
    requires dev.jackstaff.formats;
    requires transitive dev.jackstaff.spi;
    requires org.slf4j;

    exports dev.jackstaff.runtime;

    uses dev.jackstaff.spi.RetrieverFactory;
}
