package dev.jackstaff.formats.json;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The bytes of one request or answer, whole. Immutable: the array inside never leaves.
public final class Body {

    /// No bytes, which differs from no body at all: as JSON it is an error.
    public static final Body EMPTY = new Body(new byte[0], 0);

    /// Each digest begins as a copy of one of these, which are never fed: to look one up costs the first caller milliseconds.
    private static final MessageDigest SHA_1 = unfed("SHA-1"), SHA_256 = unfed("SHA-256");

    private final byte[] bytes;
    private final int length;

    Body(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /// Takes over an array that nobody else will touch again.
    public static Body adopting(byte[] bytes) {
        return new Body(bytes, bytes.length);
    }

    public int length() {
        return length;
    }

    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /// A look at the bytes without a copy, which nobody can write to.
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length).asReadOnlyBuffer();
    }

    /// A strong validator in the form of the original: `"<length>-<SHA-1 in hex>"`, quotes included (echo-etag 4.0.5).
    ///
    /// Cost: one SHA-1 over the bytes. SHA-1 names content here, it protects nothing.
    public String etag() {
        return "\"" + length + "-" + HexFormat.of().formatHex(digest(SHA_1)) + "\"";
    }

    /// The SHA-256 of the bytes: equal only where the bytes are.
    public byte[] sha256() {
        return digest(SHA_256);
    }

    private byte[] digest(MessageDigest unfed) {
        try {
            MessageDigest digest = (MessageDigest) unfed.clone();
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("digests of the platform can be copied: " + unfed.getAlgorithm(), e);
        }
    }

    private static MessageDigest unfed(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /// The array itself, for this package's parser only.
    byte[] bytes() {
        return bytes;
    }
}
