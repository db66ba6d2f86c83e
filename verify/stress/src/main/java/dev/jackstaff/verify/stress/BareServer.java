package dev.jackstaff.verify.stress;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonReader;
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
import java.util.ArrayList;
import java.util.List;

/// The least a server on this transport can do: it parses the JSON it is sent and writes an answer it has ready. What the
/// relay costs beyond this is the relay.
final class BareServer {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private BareServer() {}

    /// One line of the answer's head.
    private record Header(AsciiString name, AsciiString value) {}

    /// @param arguments the file that holds the answer as it goes over the wire
    public static void main(String[] arguments) throws IOException {
        String answer = Files.readString(Path.of(arguments[0]), StandardCharsets.ISO_8859_1);
        int end = answer.indexOf(new String(END_OF_HEAD, StandardCharsets.ISO_8859_1));
        byte[] body = answer.substring(end + END_OF_HEAD.length).getBytes(StandardCharsets.ISO_8859_1);
        List<Header> headers = headers(answer.substring(0, end));
        HttpServer server = Vertx.vertx()
                .createHttpServer(options())
                .requestHandler(request -> request.bodyHandler(json -> answer(request, json, headers, body)))
                .listen(0, "127.0.0.1")
                .await();
        System.err.println("{\"msg\":\"listening\",\"port\":" + server.actualPort() + "}");
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

    private static void answer(HttpServerRequest request, Buffer json, List<Header> headers, byte[] body) {
        try (JsonReader reader = JsonReader.over(Body.adopting(json.getBytes()))) {
            reader.any();
        } catch (MalformedJsonException e) {
            request.response().setStatusCode(400).end(e.getMessage());
            return;
        }
        for (Header header : headers) request.response().headers().add(header.name, header.value);
        request.response().end(Buffer.buffer(body));
    }
}
