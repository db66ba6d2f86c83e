package dev.jackstaff.retrievers.file;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// What tells one content of a file from the next: its length and 64 bits of checksums, which processors compute by
/// themselves. A start would spend more on a digest than on anything else about the file, and there is nobody to protect the
/// file from: who can write it need not deceive its reader.
record Fingerprint(int length, long crc32, long crc32c) {

    static Fingerprint of(byte[] content) {
        CRC32 crc32 = new CRC32();
        crc32.update(content);
        CRC32C crc32c = new CRC32C();
        crc32c.update(content);
        return new Fingerprint(content.length, crc32.getValue(), crc32c.getValue());
    }
}
