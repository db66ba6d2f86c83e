package dev.jackstaff.verify.stress;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Planted: takes collected events of everybody, reads them at once and lets them wait for its one worker, in their order and
/// without a bound.
final class GreedyCollector {
    /// For its sink: of a thousand callers the last one waits for some seconds.
    private static final long PAUSE = 2_000_000;

    private GreedyCollector() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        ExecutorService worker = Executors.newSingleThreadExecutor();
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> {
                    if (body.length() == 0) request.response().end();
                    else
                        collect(vertx, worker, request, body);
                }))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        System.err.println("{\"msg\":\"listening\",\"port\":" + port + "}");
    }

    private static void collect(Vertx vertx, ExecutorService worker, HttpServerRequest request, Buffer body) {
        var context = vertx.getOrCreateContext();
        worker.execute(() -> {
            LockSupport.parkNanos(vertx, PAUSE);
            int events = new JsonObject(body).getJsonArray("events").size();
            context.runOnContext(_ -> {
                var _ = request.response().end("{\"ingestedContentCount\":" + events + "}");
            });
        });
    }
}
