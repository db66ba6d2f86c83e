package dev.jackstaff.verify.stress;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/// Planted: a server that works on all that a connection has sent ahead, at once and whether or not its answers are taken. It
/// closes a connection on which it has written nothing for some seconds.
final class GreedyServer {
    private static final int FLAGS = 100, PATIENCE_SECONDS = 5;

    private GreedyServer() {}

    public static void main(String[] arguments) {
        HttpServer server = Vertx.vertx()
                .createHttpServer(
                        new HttpServerOptions().setStrictThreadMode(true).setWriteIdleTimeout(PATIENCE_SECONDS))
                .requestHandler(request -> request.bodyHandler(_ -> request.response().end(answer())))
                .listen(0, "127.0.0.1")
                .await();
        System.err.println("{\"msg\":\"listening\",\"port\":" + server.actualPort() + "}");
    }

    private static Buffer answer() {
        StringBuilder answer = new StringBuilder();
        for (int flag = 0; flag < FLAGS; flag++)
            answer.append("{\"key\":\"flag-")
                    .append(flag)
                    .append("\",\"value\":\"A\",\"reason\":\"STATIC\",\"variant\":\"a\",\"metadata\":{}}");
        return Buffer.buffer(answer.toString());
    }
}
