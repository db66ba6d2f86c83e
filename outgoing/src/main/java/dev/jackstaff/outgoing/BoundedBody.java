package dev.jackstaff.outgoing;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// Collects a body up to a number of bytes and stops the transfer there: a success that is larger fails, of anything else
/// the beginning is enough. Stopping closes the connection.
final class BoundedBody implements BodySubscriber<byte[]> {
    /// What is read of a body that only explains a failure.
    private static final int EXCERPT_BYTES = 4096;

    private final int maxBytes;
    private final boolean excerpt;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable Subscription transfer;

    private BoundedBody(int maxBytes, boolean excerpt) {
        this.maxBytes = maxBytes;
        this.excerpt = excerpt;
    }

    static BodyHandler<byte[]> of(int maxBytes) {
        return response -> response.statusCode() / 100 == 2
                ? new BoundedBody(maxBytes, false)
                : new BoundedBody(Math.min(maxBytes, EXCERPT_BYTES), true);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        transfer = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (body.isDone()) return;
            int fitting = Math.min(buffer.remaining(), maxBytes - bytes.size());
            boolean overflows = fitting < buffer.remaining();
            byte[] chunk = new byte[fitting];
            buffer.get(chunk);
            bytes.write(chunk, 0, fitting);
            if (overflows) stop();
        }
    }

    private void stop() {
        if (transfer != null) transfer.cancel();
        if (excerpt) body.complete(bytes.toByteArray());
        else
            body.completeExceptionally(new BodyTooLargeException(maxBytes));
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
