import org.jspecify.annotations.NullMarked;

/// HTTP in front of the runtime.
@NullMarked
module dev.jackstaff.relay {
    requires static transitive org.jspecify;
    requires dev.jackstaff.runtime;
}
