package dev.jackstaff.retrievers.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a file system says about a file without reading it.
///
/// Like states of a *settled* file mean equal content: the inode is the same (an atomic rename brings another), size and
/// time of the last write are the same, and so is the time of the last change of the inode, which tools cannot set back.
///
/// @param inode   null where the file system has none
/// @param changed null where the file system does not tell
record FileState(
        long size, FileTime written, @Nullable FileTime changed, @Nullable Object inode) {

    /// Longer than the coarsest clock of a file system (FAT: 2 s).
    private static final Duration TICK = Duration.ofSeconds(3);

    static FileState of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isDirectory()) throw new FileSystemException(path.toString(), null, "it is a directory");
        // A pipe or device would keep the reader waiting where no limit reaches it.
        if (!attributes.isRegularFile())
            throw new FileSystemException(path.toString(), null, "it is not a regular file");
        return new FileState(attributes.size(), attributes.lastModifiedTime(), inodeChange(path), attributes.fileKey());
    }

    /// Whether a write after `now` is sure to give the file another state: two writes within one tick of the file system's
    /// clock look the same, so the last one has to be longer ago than that.
    boolean isSettledAt(Instant now) {
        return inode != null && changed != null && isOld(written, now) && isOld(changed, now);
    }

    /// As `equals`, which the JVM would make when it is first called: some milliseconds of a start.
    boolean isLike(FileState other) {
        return size == other.size
                && written.equals(other.written)
                && Objects.equals(changed, other.changed)
                && Objects.equals(inode, other.inode);
    }

    private static boolean isOld(FileTime time, Instant now) {
        return time.toInstant().plus(TICK).isBefore(now);
    }

    private static @Nullable FileTime inodeChange(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) return null;
        return (FileTime) Files.getAttribute(path, "unix:ctime");
    }
}
