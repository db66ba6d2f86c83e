import org.jspecify.annotations.NullMarked;

/// Flag document to decision: no dependency, no IO, no clock, no thread.
@NullMarked
module dev.jackstaff.engine {
    requires static transitive org.jspecify;
}
