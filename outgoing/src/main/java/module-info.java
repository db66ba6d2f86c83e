import org.jspecify.annotations.NullMarked;

/// HTTP calls to others that end in time.
@NullMarked
module dev.jackstaff.outgoing {
    requires static transitive org.jspecify;
    requires transitive java.net.http;

    exports dev.jackstaff.outgoing;
}
