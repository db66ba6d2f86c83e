package dev.jackstaff.engine.flag;

import static java.util.Objects.requireNonNull;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.TextLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the parts of a flag are, by path from the flag: `targeting.0.query`, `defaultRule`, `variations.on`.
///
/// A field with a scalar value is where the value is, any other member of a map is where its name is, an item of a list is
/// where it begins.
///
/// Two equal flags at different places are the same flag, so locations are always equal to each other: equality of
/// definitions is equality of what they say. Immutable.
public final class Locations {
    private static final String[] NONE = {};

    private final String source;

    /// In file order. Flags with the same fields share one array.
    private final String[] paths;

    /// The places of the flag and of each path as numbers of variable length, since there are many of them and they are
    /// looked at only when something is wrong: lines from the place before, columns from there (on the same line) or from
    /// the start of the line, the count of layout runs, and the runs.
    private final byte[] places;

    private Locations(String source, String[] paths, byte[] places) {
        this.source = source;
        this.paths = paths;
        this.places = places;
    }

    /// Where a flag and parts of it are, for definitions that were not read from a document. Texts stand there as they are.
    public static Locations from(Location flag, Map<String, Location> parts) {
        Builder builder = new Builder().begin(flag);
        parts.forEach((path, place) -> builder.add(path, place, TextLayout.PLAIN));
        return builder.build();
    }

    /// Where the flag's key is.
    public Location flag() {
        return new Reader().next(source);
    }

    /// Where `path` is, or its nearest parent that is known, or the flag itself. Cost: O(parts).
    public Location of(String path) {
        return find(path).location;
    }

    /// Where the character at `offset` of the text at `path` is; where `path` is when no text is known there.
    public Location of(String path, int offset) {
        Place found = find(path);
        return found.layout == null ? found.location : found.layout.at(found.location, offset);
    }

    private Place find(String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            int index = Arrays.asList(paths).lastIndexOf(at);
            if (index >= 0) return new Reader().place(source, index + 1, at.equals(path));
        }
        return new Reader().place(source, 0, false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Locations;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return flag().toString();
    }

    /// A location and, for texts, how the text goes on from there.
    private record Place(Location location, @Nullable TextLayout layout) {}

    /// Walks the numbers.
    private final class Reader {
        private int at;
        private int line;
        private int column;
        private @Nullable TextLayout layout;

        Place place(String source, int index, boolean withLayout) {
            for (int i = 0; i < index; i++) next(source);
            Location location = next(source);
            return new Place(location, withLayout ? layout : null);
        }

        Location next(String source) {
            int lines = number();
            int columns = number();
            column = lines == 0 ? column + columns : columns;
            line += lines;
            int[] runs = new int[number()];
            for (int i = 0; i < runs.length; i++) runs[i] = number();
            layout = runs.length == 0 ? null : TextLayout.ofRuns(runs);
            return new Location(source, line, column);
        }

        private int number() {
            int coded = 0, shift = 0, part;
            do {
                part = places[at++];
                coded |= (part & 0x7f) << shift;
                shift += 7;
            } while (part < 0);
            return (coded >>> 1) ^ -(coded & 1);
        }
    }

    /// Collects the locations of one flag after the other. Not thread-safe.
    static final class Builder {
        private final Map<List<String>, String[]> shapes = new HashMap<>();
        private String[] paths = new String[32];
        private byte[] places = new byte[256];
        private @Nullable Location flag;
        private int pathCount;
        private int size;
        private int line;
        private int column;

        Builder begin(Location flag) {
            this.flag = flag;
            pathCount = size = line = column = 0;
            place(flag, null);
            return this;
        }

        void add(String path, Location location) {
            add(path, location, null);
        }

        void addText(String path, Node.Scalar text) {
            add(path, text.location(), text.layout());
        }

        private void add(String path, Location location, @Nullable TextLayout layout) {
            path(path);
            place(location, layout);
        }

        Locations build() {
            return new Locations(requireNonNull(flag, "flag").source(), shape(), Arrays.copyOf(places, size));
        }

        private String[] shape() {
            if (pathCount == 0) return NONE;
            String[] known = shapes.get(Arrays.asList(paths).subList(0, pathCount));
            if (known != null) return known;
            String[] added = Arrays.copyOf(paths, pathCount);
            shapes.put(Arrays.asList(added), added);
            return added;
        }

        private void path(String path) {
            if (pathCount == paths.length) paths = Arrays.copyOf(paths, 2 * pathCount);
            paths[pathCount++] = path;
        }

        private void place(Location location, @Nullable TextLayout layout) {
            number(location.line() - line);
            number(location.line() == line ? location.column() - column : location.column());
            line = location.line();
            column = location.column();
            int[] runs = layout == null ? new int[0] : layout.runs();
            number(runs.length);
            for (int number : runs) number(number);
        }

        private void number(int number) {
            int coded = (number << 1) ^ (number >> 31);
            if (size + 5 > places.length) places = Arrays.copyOf(places, 2 * places.length);
            for (; (coded & ~0x7f) != 0; coded >>>= 7) places[size++] = (byte) (coded | 0x80);
            places[size++] = (byte) coded;
        }
    }
}
