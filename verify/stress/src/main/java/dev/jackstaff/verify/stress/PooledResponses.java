package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.OwnAnswerServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The old mistake as a server, to be found by [OwnAnswers]: a timeout answers, the response is used again for the next
/// request, and the handler that is late writes into it.
final class PooledResponses {
    private static final ExecutorService WORKERS = Executors.newVirtualThreadPerTaskExecutor();
    private static final long LIMIT_MILLIS = 2;

    private final Deque<Reply> pool = new ArrayDeque<>(); // loop only

    private PooledResponses() {}

    /// What a handler writes into, and whom it answers now. Loop only.
    private static final class Reply {
        private @Nullable HttpServerRequest request; // null when it is in the pool
        private long timer;

        private void answer(Vertx vertx, String id) {
            if (request == null) return;
            vertx.cancelTimer(timer);
            PooledResponses.answer(request, id);
            request = null;
        }
    }

    public static void main(String[] arguments) {
        PooledResponses server = new PooledResponses();
        HttpServer http =
                Vertx.vertx().createHttpServer().requestHandler(server::handle).listen(0, "127.0.0.1").await();
        System.err.println("{\"msg\":\"listening\",\"port\":" + http.actualPort() + "}");
    }

    private void handle(HttpServerRequest request) {
        String id = String.valueOf(request.getHeader(OwnAnswerServer.ASKED));
        if (request.path().equals(OwnAnswerServer.INLINE)) {
            answer(request, id);
            return;
        }
        Context loop = Vertx.currentContext();
        Reply reply = pool.isEmpty() ? new Reply() : pool.removeFirst();
        reply.request = request;
        reply.timer = loop.owner().setTimer(LIMIT_MILLIS, _ -> {
            request.response().setStatusCode(504).end("late");
            reply.request = null;
            pool.add(reply);
        });
        WORKERS.execute(() -> {
            LockSupport.parkNanos((id.hashCode() & 1_023) * 4_000L);
            loop.runOnContext(_ -> reply.answer(loop.owner(), id));
        });
    }

    private static void answer(HttpServerRequest request, String id) {
        request.response().putHeader(OwnAnswerServer.ANSWERED, id).end(id);
    }
}
