import org.jspecify.annotations.NullMarked;

/// HTTP in front of the runtime.
@NullMarked
module dev.jackstaff.relay {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.engine;
    requires dev.jackstaff.runtime;
    requires com.fasterxml.jackson.core;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.vertx.core;
    requires org.slf4j;

    exports dev.jackstaff.relay.json;
}
