package dev.jackstaff.relay.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import org.jspecify.annotations.Nullable;

/// The library's transport, with a [Peer] in front of each connection from the moment it is accepted: the one place where
/// connections can be counted and watched before TLS and HTTP. Each loop counts its turns.
final class GuardedTransport implements io.vertx.core.transport.Transport, Transport {
    private static final Transport NIO = io.vertx.core.transport.Transport.NIO.implementation();

    /// When the system takes no more of a connection's answers, so much of them is kept before the next one is worked on.
    private static final WriteBufferWaterMark UNWRITTEN = new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    private final Connections connections;

    GuardedTransport(Connections connections) {
        this.connections = connections;
    }

    /// Sees every connection before the library does. One for all; the state is in [Connections].
    @ChannelHandler.Sharable
    private static final class Door extends ChannelInboundHandlerAdapter {
        private final Connections connections;

        Door(Connections connections) {
            this.connections = connections;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!(message instanceof Channel channel)) {
                context.fireChannelRead(message);
                return;
            }
            Peer peer = connections.enter(channel.remoteAddress());
            if (peer == null) {
                channel.unsafe().closeForcibly();
                return;
            }
            channel.closeFuture().addListener(_ -> peer.left());
            boolean _ = channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new ReadSize(peer));
            channel.pipeline().addLast(peer);
            context.fireChannelRead(channel);
        }
    }

    /// The library's, and tells when a turn of its loop begins.
    private record Turning(IoHandler handler, Turn turn, ThreadAwareExecutor loop) implements IoHandler {
        @Override
        public int run(IoHandlerContext context) {
            turn.next(loop);
            return handler.run(context);
        }

        @Override
        public void initialize() {
            handler.initialize();
        }

        @Override
        public void prepareToDestroy() {
            handler.prepareToDestroy();
        }

        @Override
        public void destroy() {
            handler.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return handler.register(handle);
        }

        @Override
        public void wakeup() {
            handler.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return handler.isCompatible(handleType);
        }
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        NIO.configure(config, domainSocket, bootstrap);
        bootstrap.handler(new Door(connections))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNWRITTEN);
    }

    @Override
    public String name() {
        return "guarded";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public Transport implementation() {
        return this;
    }

    @Override
    public boolean supportsDomainSockets() {
        return NIO.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return NIO.supportFileRegion();
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return NIO.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
        return NIO.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        IoHandlerFactory library = NIO.ioHandlerFactory();
        return loop -> new Turning(library.newHandler(loop), connections.turnOf(loop), loop);
    }

    // These two are the library's own, and deprecated there.
    @Override
    @SuppressWarnings("deprecation")
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return NIO.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return NIO.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return NIO.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return NIO.serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        NIO.configure(channel, options);
    }
}
