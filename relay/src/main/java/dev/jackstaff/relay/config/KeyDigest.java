package dev.jackstaff.relay.config;

import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The SHA-256 digest of a key: all that is kept of one, so that no log line, dump or error can show it. Compared in
/// constant time. Immutable.
public final class KeyDigest {
    private static final String WRITTEN = "sha256:";
    private static final int BYTES = 32;

    private final byte[] digest;

    private KeyDigest(byte[] digest) {
        this.digest = digest;
    }

    /// Of a key as it is presented, in bytes.
    public static KeyDigest of(byte[] key) {
        try {
            return new KeyDigest(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Of a key as it is configured: the key itself, or `sha256:` and the 64 hexadecimal digits of its digest. Null when
    /// there are not 64 digits.
    static @Nullable KeyDigest configured(String text) {
        if (!text.startsWith(WRITTEN)) return of(text.getBytes(StandardCharsets.UTF_8));
        try {
            byte[] digest = HexFormat.of().parseHex(text.substring(WRITTEN.length()).toLowerCase(Locale.ROOT));
            return digest.length == BYTES ? new KeyDigest(digest) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// What follows from these keys, is the same on every relay that has them, and leads back to none of them.
    ///
    /// @param purpose another one gives another text
    public static String derived(String purpose, Collection<KeyDigest> keys) {
        String all = keys.stream().map(key -> HexFormat.of().formatHex(key.digest)).sorted().collect(joining(","));
        return HexFormat.of().formatHex(of((purpose + ":" + all).getBytes(StandardCharsets.UTF_8)).digest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyDigest key && MessageDigest.isEqual(digest, key.digest);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(digest).getInt();
    }

    /// Enough to tell keys apart in a message, and too little to look one up: the first 4 of 64 hexadecimal digits.
    @Override
    public String toString() {
        return WRITTEN + HexFormat.of().formatHex(digest, 0, 2) + "...";
    }
}
