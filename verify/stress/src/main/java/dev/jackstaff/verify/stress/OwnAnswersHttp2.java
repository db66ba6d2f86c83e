package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.OwnAnswerServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/// The same over TLS and HTTP/2, where many requests share a connection. All on one event loop.
final class OwnAnswersHttp2 {
    private static final int CONNECTIONS = 4, AT_ONCE = 200, MOST_FINDINGS = 20;

    private final long requests;
    private final int port, waiting;
    private final SplittableRandom random;
    private final List<String> findings = new ArrayList<>();
    private final CompletableFuture<OwnAnswers.Outcome> outcome = new CompletableFuture<>();
    private long asked, own, expired, refused, sum;

    private OwnAnswersHttp2(int port, long requests, int waiting, long seed) {
        this.port = port;
        this.requests = requests;
        this.waiting = waiting;
        random = new SplittableRandom(seed);
    }

    static OwnAnswers.Outcome run(int port, long requests, int waiting, long seed) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            HttpClientAgent http = vertx.createHttpClient(
                    new HttpClientOptions()
                            .setProtocolVersion(HttpVersion.HTTP_2)
                            .setSsl(true)
                            .setUseAlpn(true)
                            .setTrustAll(true)
                            .setVerifyHost(false),
                    new PoolOptions().setHttp2MaxSize(CONNECTIONS));
            OwnAnswersHttp2 load = new OwnAnswersHttp2(port, requests, waiting, seed);
            vertx.runOnContext(_ -> {
                for (int i = 0; i < AT_ONCE; i++) load.ask(http);
            });
            return load.outcome.join();
        } finally {
            vertx.close().await();
        }
    }

    private void ask(HttpClientAgent http) {
        if (own + expired + refused == requests || findings.size() == MOST_FINDINGS) {
            outcome.complete(new OwnAnswers.Outcome(own, expired, refused, 0, sum, findings));
            return;
        }
        if (asked == requests) return;
        asked++;
        long number = random.nextLong();
        String id = "own-" + HexFormat.of().toHexDigits(number);
        String path = random.nextInt(100) < waiting ? OwnAnswerServer.WAITING : OwnAnswerServer.INLINE;
        http.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.putHeader(OwnAnswerServer.ASKED, id).send())
                .compose(answer -> answer.body().onSuccess(body -> take(id, number, answer, body)))
                .onFailure(e -> {
                    refused++;
                    found("no answer: " + e);
                })
                .onComplete(_ -> ask(http));
    }

    private void take(String id, long number, HttpClientResponse answer, Buffer body) {
        String header = answer.getHeader(OwnAnswerServer.ANSWERED);
        switch (answer.statusCode()) {
            case 200 -> {
                own++;
                sum += number;
                if (!id.equals(header) || !body.toString().equals(id))
                    found(id + " was answered " + header + " and " + body);
            }
            case 504 -> expired++;
            case 503, 408 -> refused++;
            default -> {
                refused++;
                found("status " + answer.statusCode());
            }
        }
        if (answer.statusCode() != 200 && (header != null || body.toString().contains("own-")))
            found("a refusal with an id: " + header + " and " + body);
    }

    private void found(String finding) {
        if (findings.size() < MOST_FINDINGS) findings.add(finding);
    }
}
