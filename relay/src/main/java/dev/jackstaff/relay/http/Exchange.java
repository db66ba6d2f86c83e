package dev.jackstaff.relay.http;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.Accounts.Outcome;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its one answer, owned by the event loop of its connection: the only code that reads from the request
/// and writes to the response. A fresh object each time, never pooled; nothing a handler sees leads here.
final class Exchange implements Handler<Buffer>, Peer.Visit {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final Header CLOSE = Header.of(Header.CONNECTION, "close");

    /// What all exchanges of a listener share. Immutable.
    record Setting(
            Pipeline pipeline,
            Accounts accounts,
            Admissions admissions,
            BodyBudget bodies,
            List<Decorator> decorators,
            List<Observer> observers,
            Limits limits,
            Deadlines deadlines,
            boolean debug,
            boolean compresses) {}

    private static final List<Header> EVENT_STREAM = List.of(
            Header.of(Header.CONTENT_TYPE, "text/event-stream"),
            Header.of(AsciiString.cached("cache-control"), "no-cache"));
    /// Keeps the library from compressing: it would hold small events back.
    private static final Header AS_IT_IS = Header.of(AsciiString.cached("content-encoding"), "identity");
    private static final Header KEEP_ALIVE = Header.of(Header.CONNECTION, "keep-alive");

    /// Error codes of HTTP/2 (RFC 9113, 7).
    private static final long NO_ERROR = 0, CANCEL = 8;

    private static final double SECOND = 1e9;

    /// How much of its time the body of a request may wait for room, and how much it should at most.
    private static final double LONGEST_WAIT = 0.9, GOOD_WAIT = 0.75;

    /// How long a large answer may keep its loop, and for how long it then lets the others have it, at least.
    private static final long SLICE_NANOS = 1_000_000, PAUSE_MILLIS = 1;

    private final Setting setting;
    private final Feeds feeds;
    private final Peer peer;
    private final Underway underway;
    private final Admission admission;
    private final HttpServerRequest request;
    private final Head head;
    private final long started;
    private final @Nullable RequestClass shed; // of a request that the loop has no time for
    private final Or<Routed> routed;
    private final Place place;
    private final Deadline deadline;
    private final int bodyBytes, largeBytes;

    private @Nullable Buffer received;
    private @Nullable Room room; // instead, for a body that has told its length and comes in pieces
    private long receivedBytes;
    private BodyBudget.@Nullable Claim claim; // to room for the body, which is not read before
    private long waitsUntil; // for that
    private long bodyBegan; // when it could come
    private long held; // of all bodies' budget
    private long lent; // of that, to a worker
    private boolean whole; // all of it has come
    private boolean gone; // nothing more will come
    private boolean answered;
    private boolean listens;
    private boolean waits; // for others
    private boolean isPaused; // until there is room for its body
    private long takenBy; // of an answer on HTTP/2
    private @Nullable Handover handover;
    private @Nullable String requestId;

    private Exchange(Setting setting, OfLoop loop, HttpServerRequest request) {
        this.setting = setting;
        feeds = loop.feeds();
        peer = loop.peers().of(request.connection());
        underway = loop.underway();
        admission = loop.admission();
        this.request = request;
        started = System.nanoTime();
        bodyBegan = started;
        head = Head.of(request, setting.debug);
        Pipeline pipeline = setting.pipeline;
        boolean tooMany = isTooMany(peer.begins(this, fields()));
        Route asked = admission.isBehind(started) && !tooMany ? pipeline.routeOf(head) : null;
        shed = shed(asked);
        if (tooMany)
            routed = Or.refused(Response.error(431, "Request Header Fields Too Large", head.style()));
        else if (shed != null)
            routed = Or.refused(Response.tooMuchToDo(head.style()));
        else
            routed = pipeline.admit(head).then(pipeline::identify).then(pipeline::route).then(this::meter);
        Route route = routed instanceof Or.Next<Routed>(Routed next) ? next.route() : null;
        place = pipeline.placeOf(head, route == null ? asked : route);
        bodyBytes = route == null ? setting.limits.bodyBytes() : route.bodyBytes(setting.limits);
        largeBytes = route == null ? Limits.LARGE_BYTES : route.largeBytes(setting.limits);
        deadline = setting.deadlines.of(
                route == null ? RouteClass.OTHER : route.kind(), request.headers(), request.remoteAddress(),
                loop.fuse());
    }

    static void begin(Setting setting, OfLoop loop, HttpServerRequest request) {
        try {
            new Exchange(setting, loop, request).read();
        } catch (RuntimeException | StackOverflowError e) {
            giveUp(request, e);
        }
    }

    /// A mistake of the owner's costs this connection and nothing else (I24). What it owed there, nobody can tell.
    private static void giveUp(HttpServerRequest request, Throwable mistake) {
        LOG.atError().setCause(mistake).log("a connection is given up");
        request.connection().close();
    }

    /// The class of a request that is refused because the loop is behind; null for one that is not.
    private @Nullable RequestClass shed(@Nullable Route route) {
        return route != null && admission.refuses(route.requestClass()) ? route.requestClass() : null;
    }

    private int fields() {
        return setting.limits.peers().fields();
    }

    /// The last stage before work: takes the request from what its caller may ask. Nothing has been done yet (I20).
    private Or<Routed> meter(Routed next) {
        long wait = next.quota().take();
        if (wait == 0) return Or.next(next);
        setting.accounts.overRate(next.route().kind());
        return Or.refused(Response.overRate(wait, head.style()));
    }

    /// Fields are counted only where there can be too many.
    private boolean isTooMany(boolean canBe) {
        if (!canBe) return false;
        int fields = 0;
        for (Map.Entry<String, String> _ : request.headers()) if (++fields > fields()) return true;
        return false;
    }

    /// Answers a request whose head is not HTTP, the way the original's HTTP layer does.
    static void refuseUnreadable(Setting setting, HttpServerRequest request, Response response) {
        write(setting, request, Head.UNREADABLE, isAlone(request) ? response.with(CLOSE) : response);
    }

    /// Whether the connection has no other requests beside this one. HTTP/2 has, and no headers about the connection.
    private static boolean isAlone(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2;
    }

    private void read() {
        if (head.contentLength() > bodyBytes) {
            request.handler(this);
            tooLarge();
        } else if (head.hasBody()) {
            request.handler(this);
            if (isLarge(head.contentLength()) && refusesUnread()) return;
            expect();
            request.exceptionHandler(_ -> left());
            request.endHandler(_ -> {
                whole = true;
                peer.expects(0);
                answer();
            });
        } else {
            answer();
        }
    }

    private void expect() {
        peer.expects(head.contentLength() == 0 ? ReadSize.MOST : head.contentLength() - receivedBytes);
    }

    private boolean isLarge(long bytes) {
        return bytes > largeBytes;
    }

    /// Refuses a request before its large body is read: there is too much to do, or too little memory and too many wait for it.
    private boolean refusesUnread() {
        Response refusal = refusalOfTheBusy();
        if (refusal == null) return false;
        breakOff(refusal, ConnectionEnd.REFUSED);
        return true;
    }

    /// What a request is told that is refused because of others; null for any other.
    private @Nullable Response refusalOfTheBusy() {
        return switch (routed) {
            case Or.Refused<Routed>(Response refusal) when shed != null -> {
                admission.refused(shed);
                yield refusal;
            }
            case Or.Next<Routed>(Routed next) when !hasRoom(next, head.contentLength()) -> crowded();
            case Or.Refused<Routed> _,Or.Next<Routed> _ -> null;
        };
    }

    /// Whether a large body can be read, now or when it has waited for that. On HTTP/2 none waits: what has been sent of it would
    /// keep the window of its connection from other requests, and to be refused costs no connection there.
    private boolean hasRoom(Routed next, long bytes) {
        if (!isAlone(request)) return holds(next, bytes);
        if (setting.bodies.takeLarge(bytes, next.batches())) {
            held = bytes;
            return true;
        }
        if (awaitsRoom(next, bytes)) return true;
        setting.bodies.refused(next.route().requestClass());
        return false;
    }

    /// Waits until there is room for the body. Until then nothing more is read from the connection: the bytes wait in the sender's
    /// system.
    private boolean awaitsRoom(Routed next, long bytes) {
        Context loop = Vertx.currentContext();
        long left = deadline.leftNanos();
        claim = setting.bodies.claim(bytes, next.batches(), (long) (GOOD_WAIT * left), () -> {
            try {
                loop.runOnContext(_ -> comeIn(bytes));
            } catch (RejectedExecutionException e) {
                // The loop has ended, and all requests with it.
            }
        });
        if (claim == null) return false;
        waitsUntil = started + (long) (LONGEST_WAIT * left);
        isPaused = true;
        request.pause();
        peer.stopsReading();
        return true;
    }

    /// There is room for the body now, which has been taken.
    private void comeIn(long bytes) {
        claim = null;
        if (gone || answered) {
            setting.bodies.giveBack(bytes);
            return;
        }
        held = bytes;
        bodyBegan = System.nanoTime();
        resume();
        peer.readsOn();
    }

    private void resume() {
        if (!isPaused) return;
        isPaused = false;
        request.resume();
    }

    /// @return whether it waited for room, and has none
    private boolean givesUpWaiting() {
        if (claim == null || !setting.bodies.giveUp(claim)) return false;
        claim = null;
        return true;
    }

    /// Takes what the body needs, so many bytes in all, from the budget. Where that has too little left, it is counted.
    private boolean holds(Routed next, long bytes) {
        if (bytes <= held) return true;
        if (setting.bodies.take(bytes - held, isLarge(bytes))) {
            held = bytes;
            return true;
        }
        setting.bodies.refused(next.route().requestClass());
        return false;
    }

    private Response crowded() {
        return Response.unavailable("too many bodies are being read", head.style());
    }

    /// Nobody needs the body any longer, but for a worker that has begun.
    private void giveBack() {
        if (held == 0) return;
        setting.bodies.giveBack(held);
        held = 0;
    }

    /// The client has gone, or has taken its request back.
    @Override
    public void left() {
        gone = true;
        boolean _ = givesUpWaiting();
        if (!whole) giveBack();
    }

    /// Takes the next bytes of the body. Those nobody will look at are counted and dropped, so that an early answer does
    /// not cut the connection under a client that is still sending.
    @Override
    public void handle(Buffer bytes) {
        receivedBytes += bytes.length();
        if (answered || gone) return;
        expect();
        if (receivedBytes > bodyBytes) tooLarge();
        else if (routed instanceof Or.Next<Routed>(Routed next)) {
            if (holds(next, receivedBytes)) keep(bytes);
            else
                breakOff(crowded(), ConnectionEnd.REFUSED);
        }
    }

    private void keep(Buffer bytes) {
        if (room == null && head.contentLength() > bytes.length()) room = new Room((int) head.contentLength());
        if (room != null) room.add(bytes);
        else
            received = received == null ? bytes : received.appendBuffer(bytes);
    }

    private void answer() {
        if (answered) return;
        waits = shed == null && !deadline.isPast() && peer.hasToWait();
        if (waits) await();
        else
            decide();
    }

    private void await() {
        ContextInternal context = ContextInternal.current();
        peer.await(() -> context.dispatch(this::goOn));
    }

    private void decide() {
        waits = false;
        switch (routed) {
            case Or.Refused<Routed>(Response refusal) -> {
                if (shed != null) admission.refused(shed);
                write(refusal, Outcome.REFUSED);
            }
            case Or.Next<Routed>(Routed next) when deadline.allowsStart() -> work(next);
            case Or.Next<Routed>(Routed next) -> {
                admission.outOfTime(next.route().requestClass());
                decided(new Verdict.Unstarted(true), next, deadline.leftNanos());
            }
        }
    }

    /// It is this one's turn, or there is nobody to answer.
    private void goOn() {
        if (!waits) return;
        if (peer.hasLeft()) unanswered(Outcome.REFUSED);
        else
            decide();
    }

    private void work(Routed next) {
        Work work;
        try {
            work = next.work(body(), setting.limits);
            letGo();
        } catch (RuntimeException | StackOverflowError e) {
            judge(new Verdict.Failed(e), next);
            return;
        }
        switch (work) {
            case Work.Answered(Response response) -> judge(new Verdict.Answer(response), next);
            case Work.Sliced(Slices answer) -> slice(answer, next);
            case Work.Waits waits -> handOver(waits, next);
            case Work.Listens(Routed.Stream stream) -> listen(stream);
        }
    }

    /// Works on a large answer for a while, and lets the loop's other connections go first before it goes on.
    private void slice(Slices answer, Routed next) {
        long begun = System.nanoTime();
        Response response;
        try {
            response = answer.next(() -> System.nanoTime() - begun >= SLICE_NANOS);
        } catch (RuntimeException | StackOverflowError e) {
            judge(new Verdict.Failed(e), next);
            return;
        }
        if (response != null) judge(new Verdict.Answer(response), next);
        else if (deadline.isPast()) judge(new Verdict.Expired(), next);
        else {
            peer.spends(admission.worked(next.route().requestClass(), System.nanoTime()));
            Vertx.currentContext().owner().setTimer(PAUSE_MILLIS, _ -> nextSlice(answer, next));
        }
    }

    private void nextSlice(Slices answer, Routed next) {
        if (request.response().closed()) abandon(next);
        else
            slice(answer, next);
    }

    /// Nobody is there any longer to read what the handler has not finished yet.
    private void abandon(Routed next) {
        setting.accounts.late(place);
        decided(new Verdict.Gone(), next, deadline.leftNanos());
    }

    /// Of a handler that this loop has run itself: it is late, or what it came to is the verdict (I8).
    private void judge(Verdict offered, Routed next) {
        long left = deadline.leftNanos();
        if (left <= 0) setting.accounts.late(place);
        decided(left > 0 ? offered : new Verdict.Expired(), next, left);
    }

    private Response failed(Routed next, Throwable cause) {
        if (cause instanceof TimeUpException) return overdue();
        LOG.atError()
                .setCause(cause)
                .addKeyValue("route", next.route().template())
                .addKeyValue("request_id", requestId())
                .log("request failed");
        return Response.error(500, "Internal Server Error", head.style());
    }

    /// Something may have been done (I21).
    private Response overdue() {
        return setting.deadlines.isSplit()
                ? Response.error(504, "Gateway Timeout", head.style())
                : outOfTime();
    }

    private Response outOfTime() {
        return Response.unavailable("the time for this request is over", head.style());
    }

    private void handOver(Work.Waits work, Routed next) {
        Context loop = Vertx.currentContext();
        long body = lend();
        Handover begun = underway.isDraining()
                ? work.offload().refuse()
                : Handover.begin(
                        work.offload(),
                        deadline,
                        waiting -> {
                            try {
                                return work.job().apply(waiting);
                            } finally {
                                setting.bodies.giveBack(body);
                            }
                        },
                        task -> loop.runOnContext(_ -> task.run()),
                        (delay, task) -> {
                            long id = loop.owner()
                                    .setTimer(Math.max(1, delay.plusNanos(999_999).toMillis()), _ -> task.run());
                            return () -> loop.owner().cancelTimer(id);
                        },
                        verdict -> decided(verdict, next, deadline.leftNanos()),
                        () -> setting.accounts.late(place));
        if (begun == null) {
            takeBack();
            write(busy(), Outcome.REFUSED);
        } else {
            handover = begun;
            underway.add(begun);
            request.response().closeHandler(_ -> begun.gone());
        }
    }

    /// From now on it is the worker that gives the bytes back, when it has begun.
    private long lend() {
        lent = held;
        held = 0;
        return lent;
    }

    /// No worker has begun, and none will.
    private void takeBack() {
        held += lent;
        lent = 0;
    }

    private Response busy() {
        return Response.unavailable("too many requests of this kind are waiting", head.style());
    }

    private void decided(Verdict verdict, Routed next, long left) {
        if (handover != null) underway.remove(handover);
        if (verdict instanceof Verdict.Unstarted) takeBack();
        setting.accounts.left(left);
        switch (verdict) {
            case Verdict.Answer(Response response) -> chosen(response);
            case Verdict.Failed(Throwable cause) -> write(failed(next, cause), Outcome.FAILED);
            case Verdict.Expired _ -> write(overdue(), Outcome.EXPIRED);
            case Verdict.Draining _ -> write(overdue(), Outcome.DRAINING);
            case Verdict.Unstarted(boolean waited) when waited -> write(outOfTime(), Outcome.REFUSED);
            case Verdict.Unstarted _ -> unanswered(Outcome.REFUSED);
            case Verdict.Gone _ -> unanswered(Outcome.GONE);
        }
    }

    private void unanswered(Outcome outcome) {
        answered = true;
        giveBack();
        setting.accounts.count(place, outcome, 0);
        peer.ends(this);
    }

    private void listen(Routed.Stream next) {
        Or<StreamStart> outcome;
        try {
            outcome = next.start(Handshake.isSound(request, head.hasBody()), request.getHeader("last-event-id"));
        } catch (RuntimeException | StackOverflowError e) {
            judge(new Verdict.Failed(e), next);
            return;
        }
        switch (outcome) {
            case Or.Refused<StreamStart>(Response refusal) -> judge(new Verdict.Answer(refusal), next);
            case Or.Next<StreamStart> _ when deadline.isPast() -> judge(new Verdict.Expired(), next);
            case Or.Next<StreamStart>(StreamStart start) -> {
                Feed feed = feeds.open(start, next.caller().holds(), it -> ended(next, it));
                if (feed == null) write(Response.unavailable("too many streams", head.style()), Outcome.REFUSED);
                else
                    begin(feed, next.route());
            }
        }
    }

    /// Opens the transport. From here on the feed alone writes.
    private void begin(Feed feed, Route.StreamRoute route) {
        answered = true;
        giveBack();
        listens = true;
        switch (route.transport()) {
            case EVENTS -> beginEvents(feed, route);
            case WEB_SOCKET -> beginWebSocket(feed, route);
        }
    }

    private void beginEvents(Feed feed, Route.StreamRoute route) {
        HttpServerResponse out = request.response();
        boolean alone = isAlone(request);
        MultiMap headers = out.setStatusCode(200).setChunked(true).headers();
        add(EVENT_STREAM, headers);
        if (alone) headers.add(KEEP_ALIVE.name(), KEEP_ALIVE.value());
        if (setting.compresses) headers.add(AS_IT_IS.name(), AS_IT_IS.value());
        add(route.headers(), headers);
        for (Decorator decorator : setting.decorators) add(decorator.headersFor(head), headers);
        out.exceptionHandler(_ -> feed.gone());
        out.closeHandler(_ -> feed.gone());
        out.writeHead();
        Runnable cut = alone ? () -> peer.close(ConnectionEnd.STALLED) : () -> out.reset(CANCEL);
        feed.begin(new EventWire(out, cut, feeds.limits().comment()));
    }

    /// The answer to the handshake has the headers of the handshake and of its route, as in the original (spec 7.2).
    private void beginWebSocket(Feed feed, Route.StreamRoute route) {
        add(route.headers(), request.response().headers());
        request.toWebSocket().onComplete(opened -> {
            if (opened.failed()) {
                feed.gone();
                return;
            }
            ServerWebSocket socket = opened.result();
            socket.closeHandler(_ -> feed.gone());
            socket.exceptionHandler(_ -> {});
            socket.pongHandler(_ -> feed.pong());
            socket.frameHandler(frame -> {
                if (frame.isPing() && !socket.isClosed() && socket.writeQueueFull()) feed.flooded();
            });
            feed.begin(new WebSocketWire(socket, feeds.limits().ping()));
        });
    }

    private void ended(Routed.Stream stream, Feed feed) {
        peer.ends(this);
        int status = stream.route().transport() == Transport.EVENTS ? 200 : 101;
        setting.accounts.count(place, Outcome.STREAM, status);
        if (!setting.observers.isEmpty()) observe(status, List.of(), null, feed.written(), System.nanoTime());
    }

    private @Nullable Body body() {
        if (!head.hasBody()) return null;
        if (room != null) return Body.adopting(room.whole());
        if (received != null) return Body.adopting(received.getBytes());
        return isAlone(request) ? Body.EMPTY : null;
    }

    private void letGo() {
        received = null;
        room = null;
    }

    private void tooLarge() {
        breakOff(413, "Request Entity Too Large", ConnectionEnd.TOO_LARGE);
    }

    /// A body has to keep its rate. An answer on HTTP/2 has to be taken; of HTTP/1 that is the connection's matter.
    @Override
    public boolean look(long now) {
        if (listens) return false;
        if (request.response().closed()) {
            left();
            return true;
        }
        if (claim != null) {
            if (now >= waitsUntil) hasWaited();
            else
                setting.bodies.meet();
        } else if (!answered) {
            if (waits && deadline.isPast()) answer();
            else if (bodyIsTooSlow(now)) breakOff(408, "Request Timeout", ConnectionEnd.SLOW_BODY);
            else if (bodyIsTooLate()) tooLate();
        } else if (now >= takenBy) {
            peer.cutsShort();
            request.response().reset(CANCEL);
            return true;
        }
        return false;
    }

    private boolean bodyIsTooSlow(long now) {
        if (!head.hasBody() || request.isEnded()) return false;
        PeerLimits limits = setting.limits.peers();
        long passed = now - bodyBegan;
        return passed >= limits.bodyGrace().toNanos()
                && receivedBytes < passed / SECOND * limits.bodyBytesASecond();
    }

    /// Whether a large body is still being read when no handler will look at it any more. Others may need its memory.
    private boolean bodyIsTooLate() {
        return !whole && isLarge(held) && deadline.isPast();
    }

    /// There has been no room for too long.
    private void hasWaited() {
        if (!givesUpWaiting()) return;
        if (routed instanceof Or.Next<Routed>(Routed next)) setting.bodies.refused(next.route().requestClass());
        breakOff(crowded(), ConnectionEnd.REFUSED);
    }

    private void tooLate() {
        if (routed instanceof Or.Next<Routed>(Routed next)) admission.outOfTime(next.route().requestClass());
        setting.accounts.left(deadline.leftNanos());
        breakOff(outOfTime(), ConnectionEnd.SLOW_BODY);
    }

    @Override
    public boolean seesStalls() {
        return listens;
    }

    @Override
    public boolean isWhole() {
        return !listens && request.isEnded();
    }

    private void breakOff(int status, String message, ConnectionEnd why) {
        breakOff(Response.error(status, message, head.style()), why);
    }

    /// Answers, and goes on to read and drop for a while before it closes: a connection that is closed over unread bytes
    /// is reset, and a reset can destroy the answer before the client has read it.
    private void breakOff(Response refusal, ConnectionEnd why) {
        letGo();
        if (isAlone(request)) {
            write(refusal.with(CLOSE), Outcome.REFUSED);
            resume();
            peer.breakOff(why);
        } else {
            write(refusal, Outcome.REFUSED);
            Vertx.currentContext()
                    .owner()
                    .setTimer(setting.limits.linger().toMillis(), _ -> request.response().reset(NO_ERROR));
        }
    }

    /// A handler's answer that is the verdict: what it entails is done, and then it is written.
    private void chosen(Response response) {
        response.takeEffect();
        write(response, Outcome.ANSWER);
    }

    private void write(Response response, Outcome outcome) {
        answered = true;
        giveBack();
        Response fitting = head.method().equals(HttpMethod.HEAD) ? response.withoutBody() : response;
        if (routed instanceof Or.Next<Routed>(Routed.Stream stream)) fitting = fitting.with(stream.route().headers());
        int written = fitting.status();
        try {
            send(fitting);
        } catch (RuntimeException | StackOverflowError e) {
            giveUp(request, e);
            written = 0;
        }
        setting.accounts.count(place, outcome, written);
        long now = System.nanoTime();
        peer.spends(admission.worked(kind(), now));
        if (written == 0 || setting.observers.isEmpty()) return;
        Body body = fitting.body();
        observe(written, fitting.flags(), fitting.evaluated(), body == null ? 0 : body.length(), now);
    }

    private void send(Response fitting) {
        Body body = fitting.body();
        if (isAlone(request)) {
            peer.ends(this);
            write(setting, request, head, fitting);
        } else {
            PeerLimits limits = setting.limits.peers();
            double seconds = body == null ? 0 : (double) body.length() / Math.max(1, limits.bodyBytesASecond());
            takenBy = System.nanoTime() + limits.stall().toNanos() + (long) (seconds * SECOND);
            long bytes = body == null ? 0 : body.length();
            peer.owes(bytes);
            write(setting, request, head, fitting).onComplete(_ -> {
                peer.ends(this);
                peer.paid(bytes);
            });
        }
    }

    private static Future<Void> write(Setting setting, HttpServerRequest request, Head head, Response response) {
        HttpServerResponse out = request.response();
        out.setStatusCode(response.status());
        MultiMap headers = out.headers();
        add(response.headers(), headers);
        for (Decorator decorator : setting.decorators) add(decorator.headersFor(head), headers);
        Body body = response.body();
        return body == null ? out.end() : out.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body.view())));
    }

    private @Nullable RequestClass kind() {
        return routed instanceof Or.Next<Routed>(Routed next) ? next.route().requestClass() : shed;
    }

    private static void add(List<Header> from, MultiMap to) {
        for (int i = 0; i < from.size(); i++) {
            Header header = from.get(i);
            to.add(header.name(), header.value());
        }
    }

    private void observe(
            int status, Collection<String> flags, @Nullable Evaluated evaluated, long responseBytes, long now) {
        Routed reached = routed instanceof Or.Next<Routed>(Routed next) ? next : null;
        Served served = new Served(
                head.method().name(),
                place,
                reached != null,
                reached == null ? null : reached.flagSet(),
                reached == null ? "" : reached.flagKey(),
                flags,
                evaluated,
                status,
                receivedBytes,
                responseBytes,
                now - started,
                asksWho(status) ? Caller.of(request, head.path(), requestId()) : null);
        for (Observer observer : setting.observers) {
            try {
                observer.served(served);
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("observer failed");
            }
        }
    }

    /// Those who are refused because there is too much to do are many, and told once.
    private boolean asksWho(int status) {
        if (shed != null) return false;
        for (Observer observer : setting.observers) if (observer.asksWho(status)) return true;
        return false;
    }

    private String requestId() {
        if (requestId == null) requestId = Caller.requestId(request);
        return requestId;
    }
}
