import org.jspecify.annotations.NullMarked;

/// HTTP in front of the runtime.
@NullMarked
module dev.jackstaff.relay {
    requires static transitive org.jspecify;
    requires transitive dev.jackstaff.engine;
    requires dev.jackstaff.formats;
    requires transitive dev.jackstaff.runtime;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires io.netty.buffer;
    requires io.netty.codec.http;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires io.opentelemetry.sdk.autoconfigure.spi;
    requires io.opentelemetry.sdk.autoconfigure;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.trace;
    requires io.opentelemetry.sdk;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.instrumentation.jvm;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires io.vertx.core;
    requires java.management;
    requires jdk.management;
    requires jdk.unsupported;
    requires jul.to.slf4j;
    requires org.slf4j;

    uses dev.jackstaff.spi.ExporterFactory;
    uses dev.jackstaff.spi.RetrieverFactory;

    exports dev.jackstaff.relay;
    exports dev.jackstaff.relay.config;
}
