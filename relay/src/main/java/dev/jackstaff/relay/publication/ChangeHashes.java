package dev.jackstaff.relay.publication;

import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// `GET /v1/flag/change`: a number for each flag and one for all, which change when the flags do (`flag_change.go`).
///
/// @param all   of the object that has all flags as members
/// @param flags by key, in byte order
record ChangeHashes(long all, Map<String, Long> flags) {
    private static final Name HASH = Name.of("hash");
    private static final Name FLAGS = Name.of("flags");

    static ChangeHashes of(FlagTexts texts) {
        byte[] bytes = texts.all().copy();
        Map<String, Long> flags = new LinkedHashMap<>();
        texts.each().forEach((key, extent) -> flags.put(key, fnv1a(bytes, extent.from(), extent.to())));
        return new ChangeHashes(fnv1a(bytes, 0, bytes.length - 1), flags);
    }

    void write(JsonWriter json) throws IOException {
        json.beginObject().member(HASH, all).member(FLAGS, flags).endObject();
    }

    /// 32-bit FNV-1a.
    private static long fnv1a(byte[] bytes, int from, int to) {
        int hash = 0x811C9DC5;
        for (int i = from; i < to; i++) hash = (hash ^ (bytes[i] & 0xFF)) * 0x01000193;
        return Integer.toUnsignedLong(hash);
    }
}
