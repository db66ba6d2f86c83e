package dev.jackstaff.retrievers.file;

import dev.jackstaff.spi.Revision;

/// @param state   the file as it was when it was read
/// @param settled whether an equal state alone proves that the content is the same
/// @param content decides where the state does not
record FileRevision(FileState state, boolean settled, Fingerprint content) implements Revision {}
