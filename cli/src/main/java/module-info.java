import org.jspecify.annotations.NullMarked;

/// The same engine on the command line.
@NullMarked
module dev.jackstaff.cli {
    requires static transitive org.jspecify;
    requires dev.jackstaff.engine;
    requires dev.jackstaff.formats;
    requires dev.jackstaff.relay;
    requires dev.jackstaff.spi;
    requires info.picocli;

    uses dev.jackstaff.spi.RetrieverFactory;

    opens dev.jackstaff.cli to
            info.picocli;
}
