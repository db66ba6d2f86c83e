package dev.jackstaff.formats;

/// How much a text may ask of its reader. A text that exceeds a limit is refused with a problem that names the limit.
///
/// @param bytes        the size of the text; a TOML text may have a sixty-fourth of it, since its parser needs as many times
///                     more memory
/// @param depth        maps and lists within each other, the text's outermost map included
/// @param nodesPerFlag keys, values, maps and lists of one top-level member, aliases expanded: what is in memory at once.
///                     What has YAML anchors stays in memory for the whole text, and may be as much again
/// @param aliasedNodes nodes that YAML aliases and merge keys stand for, the whole text together. Small texts can
///                     otherwise stand for billions of nodes
public record Limits(int bytes, int depth, int nodesPerFlag, int aliasedNodes) {

    /// 128 MiB, 100 deep, 500,000 nodes a flag, 400,000 aliased nodes (as many as GO Feature Flag's YAML library expands).
    public static final Limits DEFAULT = new Limits(128 << 20, 100, 500_000, 400_000);

    /// The deepest nesting that may be configured: readers go down by recursion.
    private static final int DEEPEST = 500;

    public Limits {
        if (bytes < 1) throw new IllegalArgumentException("bytes < 1: " + bytes);
        if (depth < 1 || depth > DEEPEST)
            throw new IllegalArgumentException("depth not within 1 to " + DEEPEST + ": " + depth);
        if (nodesPerFlag < 1) throw new IllegalArgumentException("nodesPerFlag < 1: " + nodesPerFlag);
        if (aliasedNodes < 0) throw new IllegalArgumentException("aliasedNodes < 0: " + aliasedNodes);
    }

    public Limits withBytes(int bytes) {
        return new Limits(bytes, depth, nodesPerFlag, aliasedNodes);
    }
}
