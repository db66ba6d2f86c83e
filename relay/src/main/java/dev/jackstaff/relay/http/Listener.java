package dev.jackstaff.relay.http;

import dev.jackstaff.relay.config.DeadlineConfig;
import dev.jackstaff.relay.config.ServerTls;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.CompressionConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open port or Unix socket that answers HTTP/1.1 on its routes in clear text, HTTP/2 and
/// HTTP/1.1 over TLS: one event loop a core, each the owner of its connections.
///
/// Thread-safe.
public final class Listener implements AutoCloseable {

    /// @param host       address to bind
    /// @param port       0 for any that is free
    /// @param unixSocket the file to listen on instead of host and port, or null
    /// @param version    told in `X-GOFEATUREFLAG-VERSION`, or null to tell nothing
    /// @param debug      whether every answer is indented and errors explain themselves
    /// @param tls        null for clear text
    /// @param compresses whether answers are compressed for clients that ask for it
    /// @param deadlines  of the requests
    public record Setting(
            String host, int port, @Nullable Path unixSocket, @Nullable String version, boolean debug,
            Limits limits, @Nullable ServerTls tls, boolean compresses, Deadlines deadlines) {

        public Setting(String host, int port, @Nullable String version, boolean debug, Limits limits) {
            this(host, port, null, version, debug, limits, null, false, new Deadlines(DeadlineConfig.DEFAULT));
        }

        /// The same on another port.
        public Setting atPort(int port) {
            return new Setting(host, port, null, version, debug, limits, tls, compresses, deadlines);
        }

        /// The same over TLS.
        Setting over(ServerTls tls) {
            return new Setting(host, port, unixSocket, version, debug, limits, tls, compresses, deadlines);
        }

        /// The same, compressing.
        Setting compressing() {
            return new Setting(host, port, unixSocket, version, debug, limits, tls, true, deadlines);
        }

        /// The same with other deadlines.
        public Setting within(Deadlines deadlines) {
            return new Setting(host, port, unixSocket, version, debug, limits, tls, compresses, deadlines);
        }

        SocketAddress address() {
            if (unixSocket != null) return SocketAddress.domainSocketAddress(unixSocket.toString());
            // With port 0 each loop would get a port of its own.
            return port == 0
                    ? SocketAddress.sharedRandomPort(1, host)
                    : SocketAddress.inetSocketAddress(port, host);
        }

        String told() {
            return unixSocket == null ? host + ":" + port : unixSocket.toString();
        }
    }

    private static final int NO_PORT = -1;
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// In which those who are told that the server waits no longer can read it.
    private static final Duration LAST_WORDS = Duration.ofMillis(250);

    /// In which loops close what is open, and then end.
    private static final Duration CUT = Duration.ofMillis(250), END = Duration.ofMillis(500);

    private static final Duration RENEWAL = Duration.ofSeconds(10);

    /// How long a WebSocket may take to answer a close frame.
    private static final int CLOSE_SECONDS = 1;

    /// Bytes below which compressing costs more than it saves.
    private static final int COMPRESSED_FROM = 1024;

    /// The fastest: event loops do it.
    private static final int COMPRESSION_LEVEL = 1;

    private final Setting setting;
    private final HttpServerOptions options;
    private final Exchange.Setting exchanges;
    private final Connections connections;
    private final Streams streams;
    private final Vertx vertx;
    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private final Promise<Void> hurried = Promise.promise();
    private volatile boolean bound; // writer: bind
    private volatile int port = NO_PORT; // writer: bind

    private Listener(Setting setting, HttpServerOptions options, Exchange.Setting exchanges) {
        this.setting = setting;
        this.options = options;
        this.exchanges = exchanges;
        connections = new Connections(
                setting.limits, new HeadRefusals(exchanges.decorators()), setting.tls != null);
        streams = new Streams(setting.limits.streams().atOnce());
        vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(LOOPS)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .withTransport(new GuardedTransport(connections))
                .build();
    }

    /// Makes everything ready but the port, which is not bound before [#bind].
    ///
    /// @param gatekeeper asked who calls, on all but public routes; null for a port that has only public ones
    /// @throws IOException when the certificates cannot be used
    public static Listener prepare(Setting setting, @Nullable Gatekeeper gatekeeper, List<? extends Route> routes,
            List<Observer> observers) throws IOException {
        List<Decorator> decorators = new ArrayList<>(List.of(new Cors(setting.compresses)));
        if (setting.version != null) decorators.add(new VersionHeader(setting.version));
        return prepare(setting, gatekeeper, routes, observers, decorators);
    }

    private static Listener prepare(Setting setting, @Nullable Gatekeeper gatekeeper, List<? extends Route> routes,
            List<Observer> observers, List<Decorator> decorators) throws IOException {
        return prepare(
                setting, gatekeeper, routes, observers, decorators, new BodyBudget(setting.limits.heldBytes()));
    }

    private static Listener prepare(Setting setting, @Nullable Gatekeeper gatekeeper, List<? extends Route> routes,
            List<Observer> observers, List<Decorator> decorators, BodyBudget bodies) throws IOException {
        refuseSharedHeaders(decorators);
        HttpServerOptions options = options(setting);
        Pipeline pipeline = new Pipeline(gatekeeper, routes);
        Exchange.Setting exchanges = new Exchange.Setting(
                pipeline, new Accounts(pipeline.places()), new Admissions(setting.limits.queue()),
                bodies, List.copyOf(decorators), List.copyOf(observers), setting.limits, setting.deadlines,
                setting.debug,
                setting.compresses);
        return new Listener(setting, options, exchanges);
    }

    /// Binds the port; requests are answered from here on.
    ///
    /// @param gatekeeper asked who calls, on all but public routes; null for a port that has only public ones
    /// @throws IOException when the port cannot be bound
    public static Listener open(Setting setting, @Nullable Gatekeeper gatekeeper, List<? extends Route> routes,
            List<Observer> observers) throws IOException {
        return prepare(setting, gatekeeper, routes, observers).bind();
    }

    /// The same with other decorators.
    static Listener open(Setting setting, @Nullable Gatekeeper gatekeeper, List<? extends Route> routes,
            List<Observer> observers, List<Decorator> decorators) throws IOException {
        return prepare(setting, gatekeeper, routes, observers, decorators).bind();
    }

    /// The same with another budget for bodies.
    static Listener open(Setting setting, @Nullable Gatekeeper gatekeeper, List<? extends Route> routes,
            BodyBudget bodies) throws IOException {
        return prepare(setting, gatekeeper, routes, List.of(), List.of(), bodies).bind();
    }

    /// Binds the port, once; requests are answered from here on.
    ///
    /// @throws IOException when it cannot be bound; then this is closed
    public Listener bind() throws IOException {
        try {
            if (setting.unixSocket != null) removeSocket(setting.unixSocket);
            SocketAddress address = setting.address();
            Future<String> listening = vertx.deployVerticle(
                    () -> new Loop(new HttpServerOptions(options), address, exchanges, connections, streams, loops),
                    new DeploymentOptions().setInstances(LOOPS));
            await(listening);
            bound = true;
            if (setting.unixSocket == null) port = loops.getFirst().port();
            return this;
        } catch (IOException e) {
            vertx.close().await();
            throw new IOException("cannot listen on " + setting.told() + ": " + e.getMessage(), e);
        }
    }

    /// A socket that a process before this one has left behind is removed; any other file is not ours.
    private static void removeSocket(Path file) throws IOException {
        if (!Files.exists(file)) return;
        if (!Files.readAttributes(file, BasicFileAttributes.class).isOther())
            throw new IOException("there is a file that is no socket");
        Files.delete(file);
    }

    private static void await(Future<?> listening) throws IOException {
        try {
            listening.await();
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    /// The port that was bound; -1 for a Unix socket, and before [#bind].
    public int port() {
        return port;
    }

    /// What became of the requests.
    public Accounts accounts() {
        return exchanges.accounts();
    }

    /// How long requests have waited, and which were refused before anything was done for them.
    public AdmissionCounts admission() {
        return exchanges.admissions().counts();
    }

    /// What the bodies of requests take.
    public BodyCounts bodies() {
        return exchanges.bodies().counts();
    }

    /// What became of the connections.
    public ConnectionCounts connections() {
        return connections.counts();
    }

    /// What became of the streams.
    public StreamCounts streams() {
        return streams.counts();
    }

    /// Ends all streams, then stops accepting, lets requests under way finish within 5 s, answers those that still wait for
    /// a worker, and closes every connection, whatever its client has not taken by then; all that within 6 s.
    @Override
    public void close() {
        close(GRACE);
    }

    /// @param grace what requests under way get to finish
    void close(Duration grace) {
        long begun = System.nanoTime();
        streams.stop();
        endUnlessHurried(Future.join(loops.stream().map(Loop::endStreams).toList()), grace);
        Duration left = hurries() ? Duration.ZERO : grace.minusNanos(System.nanoTime() - begun);
        Future<?> ended = Future.join(loops.stream().map(loop -> loop.shutdown(left)).toList());
        endUnlessHurried(ended, left.plus(LAST_WORDS));
        if (hurries()) endWithin(ended, LAST_WORDS);
        if (!ended.isComplete()) LOG.info("connections that take or send nothing are cut off");
        endWithin(Future.join(loops.stream().map(Loop::cutOff).toList()), CUT);
        endWithin(vertx.close(), END);
        if (setting.unixSocket != null && bound) delete(setting.unixSocket);
    }

    /// Waits for nobody any longer, if it closes or when it will: requests that wait for a worker are answered at once, and
    /// then every connection is closed.
    public void hurry() {
        hurried.tryComplete();
        loops.forEach(Loop::drain);
    }

    private boolean hurries() {
        return hurried.future().isComplete();
    }

    private void endUnlessHurried(Future<?> end, Duration limit) {
        endWithin(Future.any(end.otherwiseEmpty(), hurried.future()), limit);
    }

    private static void endWithin(Future<?> end, Duration limit) {
        try {
            end.otherwiseEmpty().await(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Whoever asked goes on.
        }
    }

    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseSharedHeaders(List<Decorator> decorators) {
        Set<String> owned = new HashSet<>();
        for (Decorator decorator : decorators)
            for (String name : decorator.owns())
                if (!owned.add(name)) throw new IllegalArgumentException("two decorators own header " + name);
    }

    /// New connections are made with these certificates; those that are open go on. Returns when that is so.
    ///
    /// @throws IOException when they cannot be used; nothing has changed then
    public void renew(ServerTls tls) throws IOException {
        ServerSSLOptions options = Tls.options(tls);
        try {
            Future.join(loops.stream().map(loop -> loop.renew(options)).toList())
                    .await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RuntimeException e) {
            throw new IOException("the certificates cannot be used", e);
        }
    }

    private static HttpServerOptions options(Setting setting) throws IOException {
        Limits limits = setting.limits;
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(limits.lineBytes())
                .setMaxHeaderSize(limits.headBytes())
                .setMaxChunkSize(ReadSize.BULK)
                .setSendBufferSize(Limits.SEND_BUFFER)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(Limits.REQUESTS_AT_ONCE)
                        .setMaxHeaderListSize(limits.headBytes()))
                .setHttp2RstFloodMaxRstFramePerWindow(Limits.RESETS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setHttp2RstFloodWindowDuration(Limits.RESETS_WITHIN_SECONDS)
                .setHttp2MaxSmallContinuationFrames(Limits.SMALL_CONTINUATIONS)
                .setMaxWebSocketFrameSize(limits.streams().frameBytes())
                .setMaxWebSocketMessageSize(limits.streams().frameBytes())
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout(CLOSE_SECONDS)
                .setIdleTimeout(0);
        if (setting.compresses)
            options.setCompression(new CompressionConfig()
                    .setCompressionEnabled(true)
                    .setContentSizeThreshold(COMPRESSED_FROM)
                    .addGzip(COMPRESSION_LEVEL));
        if (setting.tls != null) Tls.set(setting.tls, options);
        return options;
    }

    /// One event loop of the port.
    private static final class Loop extends VerticleBase {
        private final HttpServerOptions options;
        private final SocketAddress address;
        private final Exchange.Setting exchanges;
        private final Connections connections;
        private final Streams streams;
        private final List<Loop> running;
        private final Underway underway = new Underway();

        // Written at the start, before the loop is among those that run.
        private @Nullable HttpServer server;
        private @Nullable Feeds feeds;

        private boolean stopping; // loop only

        Loop(HttpServerOptions options, SocketAddress address, Exchange.Setting exchanges, Connections connections,
                Streams streams, List<Loop> running) {
            this.options = options;
            this.address = address;
            this.exchanges = exchanges;
            this.connections = connections;
            this.streams = streams;
            this.running = running;
        }

        @Override
        public Future<?> start() {
            Feeds own = new Feeds(context, streams, exchanges.limits().streams());
            feeds = own;
            Peers peers = connections.of(((ContextInternal) context).nettyEventLoop());
            Turn turn = connections.turnOf(((ContextInternal) context).nettyEventLoop());
            OfLoop loop = new OfLoop(
                    own, peers, underway, exchanges.deadlines().fuse(), exchanges.admissions().of(turn));
            return vertx.createHttpServer(options)
                    .connectionHandler(connection -> opened(connection, peers))
                    .requestHandler(request -> Exchange.begin(exchanges, loop, request))
                    .invalidRequestHandler(request -> Exchange.refuseUnreadable(exchanges, request, refusal(request)))
                    .listen(address)
                    .onSuccess(listening -> {
                        server = listening;
                        running.add(this);
                    });
        }

        /// A connection that was still being made when the others were told of the end was not told. It is ended now: the
        /// library would serve it for as long as the others may take.
        private void opened(HttpConnection connection, Peers peers) {
            peers.speaks(connection.protocolVersion());
            if (stopping) connection.shutdown(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        }

        int port() {
            return server == null ? NO_PORT : server.actualPort();
        }

        Future<Boolean> renew(ServerSSLOptions options) {
            return server == null ? Future.succeededFuture(false) : server.updateSSLOptions(options);
        }

        Future<Void> endStreams() {
            return feeds == null ? Future.succeededFuture() : feeds.stop();
        }

        void drain() {
            try {
                context.runOnContext(_ -> underway.drain());
            } catch (RejectedExecutionException e) {
                // The loop has ended, and all requests with it.
            }
        }

        /// Closes what is open still. The end of the loop alone does not: when it is told of that between two looks for events, it
        /// ends with its connections open (`SingleThreadIoEventLoop.run` of Netty 4.2 destroys them only if it knew before).
        Future<Void> cutOff() {
            Promise<Void> done = Promise.promise();
            try {
                context.runOnContext(_ -> {
                    connections.of(((ContextInternal) context).nettyEventLoop()).closeAll();
                    done.complete();
                });
            } catch (RejectedExecutionException e) {
                done.complete();
            }
            return done.future();
        }

        Future<Void> shutdown(Duration grace) {
            if (server == null) return Future.succeededFuture();
            long millis = Math.max(1, grace.toMillis());
            context.runOnContext(_ -> {
                stopping = true;
                vertx.setTimer(millis, _ -> underway.drain());
            });
            return server.shutdown(millis + LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        }

        private static Response refusal(HttpServerRequest request) {
            return switch (request.decoderResult().cause()) {
                case TooLongHttpLineException _ -> Response.text(414, "414 URI Too Long");
                case TooLongHttpHeaderException _ -> Response.text(431, "431 Request Header Fields Too Large");
                case null, default -> Response.text(400, "400 Bad Request");
            };
        }
    }
}
