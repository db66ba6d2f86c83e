import org.jspecify.annotations.NullMarked;

/// The same engine on the command line.
@NullMarked
module dev.jackstaff.cli {
    requires static transitive org.jspecify;
    requires dev.jackstaff.relay;
}
