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
        return "\"" + length + "-" + HexFormat.of().formatHex(digest("SHA-1")) + "\"";
    }

    /// The SHA-256 of the bytes: equal only where the bytes are.
    public byte[] sha256() {
        return digest("SHA-256");
    }

    private byte[] digest(String algorithm) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    /// The array itself, for this package's parser only.
    byte[] bytes() {
        return bytes;
    }
}
