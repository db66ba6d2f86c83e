package dev.jackstaff.outgoing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// Makes HTTP calls that end in time, with a whole answer or a failure.
///
/// The limit of a call covers everything, from the name look-up over all redirects to the last byte of the body;
/// `java.net.http` alone stops counting at the headers. A call that is given up closes its connection. HTTP/1.1 only, so
/// that giving up cannot leave a connection behind which other calls share.
///
/// Thread-safe; each call occupies the thread that makes it.
public final class OutgoingHttp implements AutoCloseable {
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /// They frame the message and belong to the client. Go's leaves out the same ones.
    private static final Set<String> FRAMING = Set.of("host", "content-length", "transfer-encoding", "trailer",
            "connection", "keep-alive", "expect", "upgrade", "te");

    private static final int LONGEST_REASON = 200;

    private record Client(TlsMaterial material, HttpClient http) {}

    private final TlsFiles tls;
    private final AtomicReference<@Nullable Client> client = new AtomicReference<>();
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed; // writer: close

    public OutgoingHttp(TlsFiles tls) {
        this.tls = tls;
    }

    /// Reads certificates and key, so that mistakes in them show at the start.
    ///
    /// @throws IOException when a file cannot be read or does not hold what it should
    public void init() throws IOException {
        client();
    }

    /// Sends a request and reads the answer. Compressed answers are asked for and come uncompressed, unless the request says
    /// what encodings it takes.
    ///
    /// @param maxBytes the largest body that is taken, on the wire and uncompressed
    /// @param limit    for the whole exchange
    /// @return the answer, whatever its status
    /// @throws BodyTooLargeException when a successful answer has more than `maxBytes`
    /// @throws IOException           when there is no complete answer. The message has no secrets of the request
    /// @throws IllegalStateException after [#close]
    public OutgoingResponse call(OutgoingRequest request, int maxBytes, Duration limit) throws IOException {
        if (closed) throw new IllegalStateException("closed");
        long end = System.nanoTime() + limit.toNanos();
        HttpClient http = client();
        OutgoingRequest next = authorized(request);
        boolean unzip = !request.has("Accept-Encoding");
        if (unzip) next = next.withHeader("Accept-Encoding", "gzip");
        if (!request.has("User-Agent")) next = next.withHeader("User-Agent", "jackstaff");
        for (int followed = 0;; followed++) {
            OutgoingResponse response = exchange(http, next, maxBytes, end, limit);
            if (!Redirects.isRedirect(response)) return unzip ? unzipped(response, maxBytes) : response;
            if (followed == Redirects.MOST)
                throw new IOException(request.target() + " redirects more than " + Redirects.MOST + " times");
            next = Redirects.follow(next, response);
        }
    }

    private OutgoingResponse exchange(HttpClient http, OutgoingRequest request, int maxBytes, long end, Duration limit)
            throws IOException {
        long left = end - System.nanoTime();
        if (left <= 0) throw late(request, limit);
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(jdkRequest(request, Duration.ofNanos(left)), BoundedBody.of(maxBytes));
        Runnable giveUp = () -> exchange.cancel(true);
        running.add(giveUp);
        try {
            if (closed) giveUp.run();
            HttpResponse<byte[]> response = exchange.get(left, TimeUnit.NANOSECONDS);
            return new OutgoingResponse(request.method(), response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException late) {
            throw late(request, limit);
        } catch (CancellationException given) {
            throw new IOException("the request to " + request.target() + " was given up: closed");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the request to " + request.target() + " was interrupted");
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            if (cause instanceof HttpTimeoutException) throw late(request, limit);
            if (cause instanceof BodyTooLargeException tooLarge) throw tooLarge;
            if (closed) throw new IOException("the request to " + request.target() + " was given up: closed");
            throw new IOException("the request to " + request.target() + " failed: " + reason(cause), cause);
        } finally {
            running.remove(giveUp);
            // Closes the connection of an exchange that has not ended; does nothing to one that has.
            giveUp.run();
        }
    }

    private static IOException late(OutgoingRequest request, Duration limit) {
        return new IOException("no complete answer from " + request.target() + " within " + limit.toMillis() + " ms");
    }

    private static String reason(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause())
            if (at instanceof UnresolvedAddressException) return "no such host";
        String reason = cause.getMessage();
        if (cause instanceof ConnectException && reason == null) return "no connection";
        if (reason == null) return cause.getClass().getSimpleName();
        if (cause instanceof SSLException) reason = "TLS: " + reason;
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
    }

    private static HttpRequest jdkRequest(OutgoingRequest request, Duration limit) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), request.body())
                .timeout(limit);
        request.headers().forEach((name, values) -> {
            if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) values.forEach(value -> builder.header(name, value));
        });
        return builder.build();
    }

    /// User and password of the URL as a header.
    private static OutgoingRequest authorized(OutgoingRequest request) {
        URI uri = request.uri();
        String user = uri.getRawUserInfo();
        if (user == null) return request;
        String prefix = uri.getScheme() + "://" + user + "@";
        URI bare = URI.create(uri.getScheme() + "://" + uri.toString().substring(prefix.length()));
        OutgoingRequest plain = new OutgoingRequest(request.method(), bare, request.headers(), request.body());
        if (request.has("Authorization")) return plain;
        // A plus sign is one here, as nowhere in a URL but in forms.
        String decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        String pair = decoded.contains(":") ? decoded : decoded + ":";
        return plain.withHeader("Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static OutgoingResponse unzipped(OutgoingResponse response, int maxBytes) throws IOException {
        if (!response.header("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) return response;
        if (response.body().length == 0) return response;
        // Of a failure only the beginning was read: nothing to unpack.
        if (!response.isSuccess()) return response.with(new byte[0]);
        try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            byte[] body = unzipped.readNBytes(maxBytes);
            if (unzipped.read() >= 0) throw new BodyTooLargeException(maxBytes);
            return response.with(body);
        }
    }

    private HttpClient client() throws IOException {
        TlsMaterial material = TlsMaterial.read(tls);
        Client current = client.get();
        if (current != null && current.material.equals(material)) return current.http;
        Client renewed = new Client(material, newClient(material));
        client.set(renewed);
        return renewed.http;
    }

    private static HttpClient newClient(TlsMaterial material) throws IOException {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(TLS_VERSIONS);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslParameters(parameters);
        if (!material.isEmpty()) builder.sslContext(material.context());
        return builder.build();
    }

    /// Final. Ends calls under way, with an [IOException] in their threads; waits for nothing.
    @Override
    public void close() {
        closed = true;
        running.forEach(Runnable::run);
        // Its threads and idle connections end when nobody holds it any longer.
        client.set(null);
    }
}
