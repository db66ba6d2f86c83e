package dev.jackstaff.relay.publication;

import dev.jackstaff.formats.json.Body;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a request asks, in 128 bits: two requests with the same bytes ask the same. Immutable.
///
/// The bytes stand for the context: a client that asks again sends them again, and nothing has to be said about which
/// contexts are equal. It is a cryptographic digest, so nobody can make two contexts that are taken for one.
///
/// @param high   half of the digest
/// @param low    the other half
/// @param pretty the same question in another layout is another question
public record Question(long high, long low, boolean pretty) {

    public static Question of(@Nullable Body body, boolean pretty) {
        ByteBuffer digest = ByteBuffer.wrap((body == null ? Body.EMPTY : body).sha256());
        return new Question(digest.getLong(), digest.getLong(), pretty);
    }

    /// The same question, whose answer has this text in it.
    public Question saying(String text) {
        ByteBuffer digest = ByteBuffer.wrap(Body.adopting(text.getBytes(StandardCharsets.UTF_8)).sha256());
        return new Question(high ^ digest.getLong(), low ^ digest.getLong(), pretty);
    }
}
