package dev.jackstaff.relay.publication;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.FlagJson;
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

    static ChangeHashes of(Map<String, FlagDefinition> definitions) {
        Map<String, Long> flags = new LinkedHashMap<>();
        definitions.forEach(
                (key, flag) -> flags.put(key, fnv1a(JsonWriter.write(false, json -> FlagJson.write(json, flag)))));
        return new ChangeHashes(fnv1a(JsonWriter.write(false, json -> FlagJson.write(json, definitions))), flags);
    }

    void write(JsonWriter json) throws IOException {
        json.beginObject().member(HASH, all).member(FLAGS, flags).endObject();
    }

    /// 32-bit FNV-1a of the text without the newline at its end.
    private static long fnv1a(Body text) {
        byte[] bytes = text.copy();
        int hash = 0x811C9DC5;
        for (int i = 0; i < bytes.length - 1; i++) hash = (hash ^ (bytes[i] & 0xFF)) * 0x01000193;
        return Integer.toUnsignedLong(hash);
    }
}
