package dev.jackstaff.relay.http;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One stream, owned by the event loop of its connection: nobody else writes to it, and nothing here waits.
///
/// It writes one piece at a time, the next when the socket has taken the one before; meanwhile messages wait in the mailbox.
/// It has no timer of its own: [#look] is called again and again.
final class Feed {
    private enum Phase {
        OPENING,
        OPEN,
        ENDING,
        ENDED
    }

    private final Mailbox mailbox;
    private final BooleanSupplier mayListen;
    private final StreamLimits limits;
    private final LongSupplier nanos;
    private final long lastDay;
    private final Consumer<End> afterwards;
    private final long begun;

    private Phase phase = Phase.OPENING;
    private @Nullable Wire wire;
    private @Nullable End why;
    private boolean isPumping;
    private boolean isWriting;
    private long writingSince;
    private @Nullable Message message;
    private int piece;
    private long nextBeat;
    private long lastPong;
    private long written;

    /// @param loop       runs tasks on the event loop, later
    /// @param mayListen  whether the subscriber's key still opens the topic; asked before every message
    /// @param reloads    counts replaced backlogs
    /// @param lifeNanos  how long it may last
    /// @param afterwards told once, at the end
    Feed(Executor loop, BooleanSupplier mayListen, StreamLimits limits, LongAdder reloads, LongSupplier nanos,
            long lifeNanos, Consumer<End> afterwards) {
        mailbox = new Mailbox(limits.backlog(), () -> loop.execute(this::pump), reloads);
        this.mayListen = mayListen;
        this.limits = limits;
        this.nanos = nanos;
        this.afterwards = afterwards;
        begun = nanos.getAsLong();
        lastDay = begun + lifeNanos;
        lastPong = begun;
    }

    /// Where messages for its subscriber go.
    Subscriber mailbox() {
        return mailbox;
    }

    /// Bytes of messages that the socket has taken, as far as messages are whole.
    long written() {
        return written;
    }

    /// The transport is there.
    void begin(Wire transport) {
        if (phase != Phase.OPENING) {
            transport.cut();
            return;
        }
        wire = transport;
        phase = Phase.OPEN;
        lastPong = nanos.getAsLong();
        nextBeat = lastPong + transport.beatEvery().toNanos();
        pump();
    }

    /// Writes what waits, as far as the socket takes it.
    void pump() {
        if (isPumping) return;
        isPumping = true;
        try {
            while (phase == Phase.OPEN && !isWriting && wire != null && hasNext()) writeNext(wire);
        } finally {
            isPumping = false;
        }
    }

    private boolean hasNext() {
        if (message != null) return true;
        if (mailbox.isGivenUp()) {
            end(End.LAGGED);
            return false;
        }
        message = mailbox.take();
        piece = 0;
        if (message != null && !mayListen.getAsBoolean()) {
            end(End.REVOKED);
            return false;
        }
        return message != null;
    }

    private void writeNext(Wire to) {
        Message current = message;
        if (current == null) return;
        isWriting = true;
        writingSince = nanos.getAsLong();
        int part = piece++;
        boolean isLast = piece == to.pieces(current);
        if (isLast) message = null;
        to.write(current, part).onComplete(result -> {
            if (isLast && result.succeeded()) written += to.bytes(current);
            taken(result.succeeded());
        });
    }

    private void taken(boolean isTaken) {
        isWriting = false;
        if (isTaken) pump();
        else
            end(End.LEFT);
    }

    /// The subscriber has answered a ping.
    void pong() {
        lastPong = nanos.getAsLong();
    }

    /// The subscriber sends what has to be answered, and does not read the answers.
    void flooded() {
        end(End.STALLED);
    }

    /// What time brings: signs of life, limits that are reached, a key that was withdrawn.
    void look() {
        long now = nanos.getAsLong();
        switch (phase) {
            case OPENING -> {
                if (now - begun >= limits.stall().toNanos()) end(End.STALLED);
            }
            case OPEN -> lookAtOpen(now);
            case ENDING -> {
                if (now - writingSince >= limits.stall().toNanos()) cut();
            }
            case ENDED -> {
            }
        }
    }

    private void lookAtOpen(long now) {
        if (mailbox.isGivenUp()) end(End.LAGGED);
        else if (isWriting && now - writingSince >= limits.stall().toNanos()) end(End.STALLED);
        else if (now - lastPong >= limits.pong().toNanos() && wire != null && wire.isAnswered()) end(End.SILENT);
        else if (!mayListen.getAsBoolean()) end(End.REVOKED);
        else if (now - lastDay >= 0 && !isWriting && mailbox.isEmpty()) end(End.AGED);
        else if (now - nextBeat >= 0 && !isWriting && wire != null) beat(wire, now);
    }

    private void beat(Wire on, long now) {
        long every = on.beatEvery().toNanos();
        nextBeat = now - nextBeat < every ? nextBeat + every : now + every;
        isWriting = true;
        writingSince = now;
        on.beat().onComplete(result -> taken(result.succeeded()));
    }

    /// Ends the stream. The first reason counts.
    void end(End reason) {
        if (why != null || phase == Phase.ENDED) return;
        why = reason;
        mailbox.close();
        message = null;
        if (phase == Phase.OPEN && reason.isTold() && wire != null) {
            phase = Phase.ENDING;
            writingSince = nanos.getAsLong();
            wire.end(reason).onComplete(_ -> gone());
        } else {
            cut();
        }
    }

    /// Ends it without a word.
    void cut() {
        if (wire != null) wire.cut();
        gone();
    }

    /// The connection is closed, or the answer is whole: the end, whoever brought it about.
    void gone() {
        if (phase == Phase.ENDED) return;
        phase = Phase.ENDED;
        mailbox.close();
        message = null;
        afterwards.accept(why == null ? End.LEFT : why);
    }
}
