import org.jspecify.annotations.NullMarked;

/// Flag document to decision: no dependency, no IO, no clock, no thread.
@NullMarked
module dev.jackstaff.engine {
    requires static transitive org.jspecify;

    exports dev.jackstaff.engine.diff;
    exports dev.jackstaff.engine.document;
    exports dev.jackstaff.engine.evaluation;
    exports dev.jackstaff.engine.event;
    exports dev.jackstaff.engine.flag;
    exports dev.jackstaff.engine.snapshot;
}
