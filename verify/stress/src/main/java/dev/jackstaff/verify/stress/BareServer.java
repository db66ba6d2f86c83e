package dev.jackstaff.verify.stress;

import dev.jackstaff.engine.document.Syntax;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.EvaluationContext;
import dev.jackstaff.engine.flag.FlagFile;
import dev.jackstaff.engine.snapshot.Compilation;
import dev.jackstaff.engine.snapshot.CompileOptions;
import dev.jackstaff.engine.snapshot.Snapshot;
import dev.jackstaff.formats.Formats;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonReader;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.MalformedJsonException;
import io.netty.util.AsciiString;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The least a server on this transport can do: it parses the JSON it is sent and writes an answer it has ready. What the
/// relay costs beyond this is the relay.
///
/// With a flag file it decides, too: the same evaluation as the relay's, in a handler that stands on the transport and has
/// none of the request model around it: no stages, deadline, decorators, metrics or log. What the relay costs beyond that is
/// the request model.
final class BareServer {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private BareServer() {}

    /// One line of the answer's head.
    private record Header(AsciiString name, AsciiString value) {}

    /// What becomes of a request's JSON.
    @FunctionalInterface
    private interface Answerer {
        byte[] answer(String path, JsonReader json) throws MalformedJsonException;
    }

    /// @param arguments the file that holds the answer as it goes over the wire; a flag file, if answers are to be decided
    public static void main(String[] arguments) throws IOException {
        String answer = Files.readString(Path.of(arguments[0]), StandardCharsets.ISO_8859_1);
        int end = answer.indexOf(new String(END_OF_HEAD, StandardCharsets.ISO_8859_1));
        byte[] body = answer.substring(end + END_OF_HEAD.length).getBytes(StandardCharsets.ISO_8859_1);
        List<Header> headers = headers(answer.substring(0, end));
        int status = Integer.parseInt(answer.split(" ", 3)[1]);
        Answerer answerer = arguments.length > 1
                ? new Evaluator(snapshot(Path.of(arguments[1])))
                : (_, json) -> {
                    json.any();
                    return body;
                };
        HttpServer server = Vertx.vertx()
                .createHttpServer(options())
                .requestHandler(
                        request -> request.bodyHandler(json -> answer(request, json, status, headers, answerer)))
                .listen(0, "127.0.0.1")
                .await();
        System.err.println("{\"msg\":\"listening\",\"port\":" + server.actualPort() + "}");
    }

    private static Snapshot snapshot(Path flags) throws IOException {
        FlagFile file =
                (FlagFile) FlagFile.read(Formats.open(Syntax.YAML, flags.toString(), Files.readAllBytes(flags)));
        return ((Compilation.Compiled) Snapshot.compile(file, CompileOptions.DEFAULT)).snapshot();
    }

    /// Decides about one flag. It belongs to the one event loop there is.
    private static final class Evaluator implements Answerer {
        private static final JsonWriter.Name KEY = JsonWriter.Name.of("key"), VALUE = JsonWriter.Name.of("value"),
                REASON = JsonWriter.Name.of("reason"), VARIANT = JsonWriter.Name.of("variant"),
                METADATA = JsonWriter.Name.of("metadata");

        private final Snapshot snapshot;
        private final IdentityHashMap<Evaluation, byte[]> texts = new IdentityHashMap<>();

        Evaluator(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public byte[] answer(String path, JsonReader json) throws MalformedJsonException {
            Map<String, @Nullable Object> context = null;
            json.enterObject("object", "");
            for (String name; (name = json.nextName()) != null;) context = json.attributes(name, context);
            String user = String.valueOf(Objects.requireNonNull(context).get("targetingKey")),
                    flag = path.substring(path.lastIndexOf('/') + 1);
            Evaluation evaluation =
                    snapshot.evaluate(flag, EvaluationContext.of(user, context), Instant.now());
            return texts.computeIfAbsent(evaluation, it -> text(flag, it));
        }

        private static byte[] text(String flag, Evaluation evaluation) {
            return JsonWriter.write(false, json -> {
                json.beginObject()
                        .member(KEY, flag)
                        .member(VALUE, evaluation.anyOr(null))
                        .member(REASON, evaluation.reason().name())
                        .member(VARIANT, evaluation.variation())
                        .memberWith(METADATA, evaluation.metadata(), "gofeatureflag_cacheable", true)
                        .endObject();
            }).copy();
        }
    }

    /// Those of the relay's listener.
    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(8 * 1024)
                .setMaxHeaderSize(16 * 1024)
                .setIdleTimeout(75);
    }

    private static List<Header> headers(String head) {
        List<Header> headers = new ArrayList<>();
        head.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            if (!name.equals("content-length"))
                headers.add(
                        new Header(AsciiString.cached(name), AsciiString.cached(line.substring(colon + 1).strip())));
        });
        return headers;
    }

    private static void answer(
            HttpServerRequest request, Buffer json, int status, List<Header> headers, Answerer answerer) {
        byte[] body;
        try (JsonReader reader = JsonReader.over(Body.adopting(json.getBytes()))) {
            body = answerer.answer(request.path(), reader);
        } catch (MalformedJsonException e) {
            request.response().setStatusCode(400).end(e.getMessage());
            return;
        }
        request.response().setStatusCode(status);
        for (Header header : headers) request.response().headers().add(header.name, header.value);
        if (body.length == 0) request.response().end();
        else
            request.response().end(Buffer.buffer(body));
    }
}
