package dev.jackstaff.relay.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection as it is before anything is decoded: whether bytes move, either way. It closes one that is too slow.
///
/// The clock is read when all connections of the loop are looked at, and not when something is read: that costs a request a
/// few fields. For its event loop alone.
final class Peer extends ChannelInboundHandlerAdapter {

    /// What goes on on a connection: a request until its answer is written, a stream until its end.
    interface Visit {

        /// Called now and then, on the loop.
        ///
        /// @return whether it is over
        boolean look(long now);

        /// Whether it sees by itself that nothing is taken.
        boolean seesStalls();

        /// The connection is closed.
        void left();

        /// Whether it can still be answered when nothing more comes.
        boolean isWhole();
    }

    private static final long NOT_YET = Long.MIN_VALUE;

    /// How long its requests may keep the loop in one turn: none begins after that. A request for one flag takes a tenth of it;
    /// a turn by itself about as much.
    private static final long SHARE_NANOS = 50_000;

    /// The same where requests of HTTP/1 are sent ahead, which few clients do: one request about many flags.
    private static final long SHARE_AHEAD_NANOS = 10_000;

    private static final long FRAMES_WITHIN = TimeUnit.SECONDS.toNanos(Limits.CONTROL_FRAMES_WITHIN_SECONDS);

    private final Connections connections;
    private final @Nullable InetAddress address;
    private final List<Visit> visits = new ArrayList<>(1);
    private final boolean wasSecret;
    private boolean isSecret;
    private boolean isHalfClosed;
    private boolean hasLeft;
    private boolean isHttp1 = true;
    private @Nullable FrameBudget budget; // of HTTP/2
    private ConnectionEnd end = ConnectionEnd.LEFT;
    private @Nullable Peers loop;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpConnection connection;

    private int place; // in the loop's roll
    private long reads;
    private long readOfHead; // in which the last head came
    private boolean sendsAhead;
    private long bodyLeft; // bytes of a body of HTTP/1 that are still to come
    private final Drip drip = new Drip();
    private boolean dropsNext; // whether it has asked for bytes to drop
    private long headBytes; // that have come since the head before
    private long readsSeen;
    private long moved = NOT_YET;
    private long headBegan = NOT_YET;
    private long writing;
    private long wrote = NOT_YET;
    private long closing = NOT_YET;
    private long budgetFrom; // the beginning of its present time
    private long untaken; // bytes of answers on HTTP/2
    private final Deque<Runnable> waiting = new ArrayDeque<>(0); // requests
    private boolean awaitsTurn;
    private long turn; // the last one in which the loop was busy with it
    private long spent; // nanoseconds in that turn

    /// @param address  null where peers have none
    /// @param isSecret whether it begins with a TLS handshake
    Peer(Connections connections, @Nullable InetAddress address, boolean isSecret) {
        this.connections = connections;
        this.address = address;
        this.isSecret = isSecret;
        wasSecret = isSecret;
    }

    /// It moves once, behind TLS.
    @Override
    public boolean isSharable() {
        return true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        if (loop != null) return;
        Peers loop = connections.of(context.channel().eventLoop());
        this.loop = loop;
        loop.add(this);
    }

    /// The connection is closed. Called once, whatever became of it.
    void left() {
        Peers loop = this.loop;
        if (loop != null) loop.remove(this, connection);
        visits.forEach(Visit::left);
        visits.clear();
        hasLeft = true;
        for (Runnable request; (request = waiting.poll()) != null;) request.run();
        connections.leave(address, end == ConnectionEnd.LEFT && isSecret ? ConnectionEnd.HANDSHAKE : end);
    }

    /// The protocol is known. What is read from here on is not encrypted.
    void speaks(HttpVersion version) {
        isHttp1 = version != HttpVersion.HTTP_2;
        ChannelHandlerContext before = context;
        if (!isSecret || before == null) return;
        isSecret = false;
        ChannelHandlerContext tls = before.pipeline().context(SslHandler.class);
        if (tls == null) return;
        before.pipeline().remove(this);
        before.pipeline().addAfter(tls.name(), null, this);
        headBytes = 0;
    }

    int place() {
        return place;
    }

    void place(int place) {
        this.place = place;
    }

    boolean isNew() {
        return connection == null;
    }

    boolean carries(HttpConnection connection) {
        return connection.equals(this.connection);
    }

    void carry(HttpConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing != NOT_YET) {
            dropsNext = false;
            ReferenceCountUtil.release(message);
            return;
        }
        FirstLine line = reads++ == 0 && !isSecret && message instanceof ByteBuf first
                ? FirstLine.of(first)
                : FirstLine.SOUND;
        if (line != FirstLine.SOUND) {
            refuse(context, line);
            ReferenceCountUtil.release(message);
            return;
        }
        int came = message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        headBytes += came;
        drip.came(came);
        if (isSecret && budget == null) countFrames(context);
        if (drip.rests()) readRested(context, message, came);
        else
            read(context, message);
    }

    private void read(ChannelHandlerContext context, Object message) {
        Peers loop = this.loop;
        if (loop == null) {
            context.fireChannelRead(message);
            return;
        }
        loop.reads(this);
        try {
            context.fireChannelRead(message);
        } finally {
            loop.readsNobody();
        }
    }

    /// It reads as usual before anybody behind it can stop that, and rests on if nothing has changed.
    private void readRested(ChannelHandlerContext context, Object message, int came) {
        readsOn();
        read(context, message);
        if (drip.restsOn(came, isUnderway())) stopsReading();
    }

    /// Whether a head of HTTP/1 or its body has begun and is not whole.
    private boolean isUnderway() {
        return isHttp1 && !isSecret && closing == NOT_YET && (visits.isEmpty() ? headBytes > 0 : bodyLeft > 0);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete(); // which is when an answer is sent that was written meanwhile
        if (closing != NOT_YET && loop != null && !dropsNext) loop.lingering().next(this);
    }

    /// Behind TLS, where frames can be seen from the first one on.
    private void countFrames(ChannelHandlerContext context) {
        ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
        if (tls == null) return;
        budget = new FrameBudget((SslHandler) tls.handler(), () -> close(ConnectionEnd.FLOODED));
        budgetFrom = System.nanoTime();
        context.pipeline().addAfter(tls.name(), null, budget);
    }

    /// The head of a request has been read.
    ///
    /// @return whether it is so long that it can have many fields
    boolean begins(Visit visit, int fields) {
        visits.add(visit);
        drip.begins();
        sendsAhead = isHttp1 && readOfHead == reads;
        readOfHead = reads;
        long bytes = headBytes;
        headBytes = 0;
        return !isHttp1 || bytes >= 4L * fields;
    }

    /// So many bytes of the body of a request are still to come.
    void expects(long bytes) {
        bodyLeft = isHttp1 ? bytes : 0;
    }

    /// How many bytes had better be read next; 0 for as many as usual.
    int expects() {
        if (closing != NOT_YET) return ReadSize.BULK;
        if (bodyLeft > (wasSecret ? ReadSize.MOST : 0))
            return Math.clamp(bodyLeft, ReadSize.AHEAD, ReadSize.BULK);
        if (sendsAhead) return ReadSize.FURTHER_AHEAD;
        return wasSecret ? 0 : ReadSize.AHEAD;
    }

    /// Whether more of a body is to come, and to be read now.
    boolean isInBody() {
        return bodyLeft > 0 && closing == NOT_YET && context != null && context.channel().config().isAutoRead();
    }

    /// Nothing more is read until [#readsOn].
    void stopsReading() {
        readsByItself(false);
    }

    void readsOn() {
        readsByItself(true);
    }

    private void readsByItself(boolean itself) {
        if (context != null) context.channel().config().setAutoRead(itself);
    }

    /// A request is about to be answered, or a stream has ended.
    void ends(Visit visit) {
        visits.remove(visit);
        bodyLeft = 0;
        if (!visits.isEmpty()) return;
        headBytes = 0;
        if (isHalfClosed && context != null) context.executor().execute(this::closeWhenIdle);
    }

    /// The client will send nothing more. It may well wait for the answers to what it has sent.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        context.fireUserEventTriggered(event);
        if (event != ChannelInputShutdownEvent.INSTANCE) return;
        isHalfClosed = true;
        boolean waits = isHttp1 && !wasSecret && !visits.isEmpty() && visits.stream().allMatch(Visit::isWhole);
        if (waits) return;
        var _ = context.close();
    }

    private void closeWhenIdle() {
        if (!visits.isEmpty() || context == null) return;
        var _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /// Closes the connection at once, whatever has not been taken yet. The library behind would wait for that.
    void close(ConnectionEnd why) {
        if (end == ConnectionEnd.LEFT) end = why;
        if (context == null) return;
        var _ = context.close();
    }

    /// What is read from here on is dropped, and soon the connection is closed; [Lingering] tells why not at once.
    void breakOff(ConnectionEnd why) {
        if (end == ConnectionEnd.LEFT) end = why;
        if (closing != NOT_YET) return;
        closing = System.nanoTime();
        stopsReading();
        if (loop != null) loop.lingering().add(this);
    }

    /// Reads what is to be dropped.
    void readOnce() {
        if (context == null || dropsNext) return;
        dropsNext = true;
        var _ = context.read();
    }

    /// It has lingered long enough, or the server has.
    void closeNow() {
        if (context == null) return;
        var _ = context.close();
    }

    /// Whether a request has to wait: for requests before it; until the client takes what it has asked for on HTTP/2; or for
    /// the next turn of the loop, since this connection has had its share of this one.
    boolean hasToWait() {
        return !waiting.isEmpty() || !hasRoom() || hasHadItsShare();
    }

    private boolean hasRoom() {
        return untaken < Limits.UNTAKEN_BYTES;
    }

    private boolean hasHadItsShare() {
        return loop != null && turn == loop.turn().number()
                && spent >= (sendsAhead ? SHARE_AHEAD_NANOS : SHARE_NANOS);
    }

    /// The loop was busy with a request for so long.
    void spends(long nanos) {
        if (loop == null) return;
        long now = loop.turn().number();
        spent = turn == now ? spent + nanos : nanos;
        turn = now;
    }

    /// Whether the connection is closed.
    boolean hasLeft() {
        return hasLeft;
    }

    /// @param request goes on when it need not wait any longer, or the connection is closed
    void await(Runnable request) {
        waiting.add(request);
        if (waiting.size() == 1 && hasRoom()) awaitTurn();
    }

    private void awaitTurn() {
        if (awaitsTurn) return;
        awaitsTurn = true;
        if (loop == null) goOn();
        else
            loop.turn().awaitNext(this::goOn);
    }

    private void goOn() {
        awaitsTurn = false;
        if (loop != null) loop.turn().goesOn(System.nanoTime());
        while (!waiting.isEmpty() && hasRoom() && !hasHadItsShare()) waiting.remove().run();
        if (!waiting.isEmpty() && hasRoom()) awaitTurn();
    }

    /// So many bytes of an answer on HTTP/2 wait to be taken.
    void owes(long bytes) {
        untaken += bytes;
    }

    /// They have been taken, or given up.
    void paid(long bytes) {
        boolean hadRoom = hasRoom();
        untaken -= bytes;
        if (!hadRoom && hasRoom() && !waiting.isEmpty()) awaitTurn();
    }

    /// An answer was given up, and the connection goes on.
    void cutsShort() {
        connections.cutShort();
    }

    void look(long now) {
        ChannelHandlerContext context = this.context;
        if (context == null || loop == null) return;
        PeerLimits limits = connections.limits().peers();
        if (closing != NOT_YET) {
            if (now - closing >= connections.limits().linger().toNanos()) closeNow();
            return;
        }
        if (budget != null && now - budgetFrom >= FRAMES_WITHIN) {
            budget.renew();
            budgetFrom = now;
        }
        boolean hasRead = reads != readsSeen;
        readsSeen = reads;
        if (moved == NOT_YET || hasRead || !visits.isEmpty()) moved = now;
        if (isStalled(context.channel(), now, limits.stall().toNanos())) {
            close(ConnectionEnd.STALLED);
            return;
        }
        lookAtVisits(drip.rests() ? drip.readAt() : now);
        if (closing != NOT_YET || isSecret) return;
        lookAtDrip(context, now);
        if (!isHttp1 || headBytes == 0 || !visits.isEmpty()) headBegan = NOT_YET;
        else if (headBegan == NOT_YET) headBegan = now;
        else if (now - headBegan >= limits.head().toNanos()) {
            refuse(context);
            return;
        }
        if (now - moved >= limits.idle().toNanos()) close(ConnectionEnd.IDLE);
    }

    private void lookAtDrip(ChannelHandlerContext context, long now) {
        if (drip.rests()) {
            if (drip.isToBeRead(now)) {
                var _ = context.read();
            }
        } else if (context.channel().config().isAutoRead() && drip.beginsToRest(isUnderway(), now)) {
            stopsReading();
        }
    }

    /// From the last to the first, since one that is looked at may end, and others with it.
    private void lookAtVisits(long now) {
        for (int i = visits.size() - 1; i >= 0; i--) {
            if (i >= visits.size()) continue;
            Visit visit = visits.get(i);
            if (visit.look(now)) visits.remove(visit);
        }
    }

    /// Whether nothing has been taken for so long, of what there is to take.
    private boolean isStalled(Channel channel, long now, long stall) {
        if (isHttp1 && !visits.isEmpty() && visits.getFirst().seesStalls()) return false;
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        long waiting = out == null ? 0 : out.totalPendingWriteBytes();
        // Sums of bytes that only shrink while nothing is added; the progress counts within the first of them.
        long state = waiting == 0 ? 0 : waiting - (out == null ? 0 : out.currentProgress());
        if (state != writing || state == 0) {
            if (state != writing) moved = now;
            writing = state;
            wrote = now;
            return false;
        }
        return now - wrote >= stall;
    }

    private void refuse(ChannelHandlerContext context) {
        breakOff(ConnectionEnd.SLOW_HEAD);
        var _ = context.writeAndFlush(Unpooled.wrappedBuffer(connections.refusals().tooSlow()));
    }

    private void refuse(ChannelHandlerContext context, FirstLine line) {
        breakOff(ConnectionEnd.LEFT);
        var _ = context.writeAndFlush(Unpooled.wrappedBuffer(connections.refusals().to(line)));
    }
}
