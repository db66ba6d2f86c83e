package dev.jackstaff.relay.config;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Addresses with the same beginning: `10.0.0.0/8`, `2001:db8::/32`, or a single one. Immutable.
public final class AddressRange {
    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /// Null when the text is none; names of hosts are none.
    public static @Nullable AddressRange of(String text) {
        int slash = text.indexOf('/');
        try {
            byte[] network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
            int bits = network.length * Byte.SIZE;
            int prefix = slash < 0 ? bits : Integer.parseUnsignedInt(text.substring(slash + 1));
            return prefix < 0 || prefix > bits ? null : new AddressRange(network, prefix);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) return false;
        int whole = prefix / Byte.SIZE, rest = prefix % Byte.SIZE;
        if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) return false;
        int mask = rest == 0 ? 0 : 0xFF << (Byte.SIZE - rest);
        return rest == 0 || (bytes[whole] & mask & 0xFF) == (network[whole] & mask & 0xFF);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressRange range && range.prefix == prefix && Arrays.equals(range.network, network);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network) * 31 + prefix;
    }
}
