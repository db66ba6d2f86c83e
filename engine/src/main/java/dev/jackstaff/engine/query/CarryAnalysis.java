package dev.jackstaff.engine.query;

import java.util.ArrayList;
import java.util.List;

/// Finds the lookups of a query that defect D5 can reach, see [CarryOver]: the others find the same value with and
/// without it, whatever the context.
final class CarryAnalysis {
    private CarryAnalysis() {}

    /// Those of `lookups`, given in the order of evaluation, that a lookup before them can change.
    static List<Syntax.Path> affected(List<Syntax.Path> lookups) {
        List<Syntax.Path> affected = new ArrayList<>();
        boolean unfinishedDescent = false;
        for (int i = 0; i < lookups.size(); i++) {
            Syntax.Path path = lookups.get(i);
            boolean parentMissing = parentCanBeMissing(path) && anyOutside(parent(path), lookups.subList(0, i));
            if (unfinishedDescent || parentMissing)
                affected.add(path);
            // With three names or more the descent can stop half-way, and then the next lookup starts there.
            unfinishedDescent |= path.names().size() > 2 && parentCanBeMissing(path);
        }
        return affected;
    }

    private static boolean parentCanBeMissing(Syntax.Path path) {
        return path.names().size() > 1 && !Attributes.isForced(path.names().get(0));
    }

    /// Whether one of `earlier` can have a value while `parent` is missing: those below it cannot.
    private static boolean anyOutside(List<String> parent, List<Syntax.Path> earlier) {
        for (Syntax.Path path : earlier) if (!isPrefix(parent, parent(path))) return true;
        return false;
    }

    private static List<String> parent(Syntax.Path path) {
        return path.names().subList(0, path.names().size() - 1);
    }

    private static boolean isPrefix(List<String> prefix, List<String> names) {
        return prefix.size() <= names.size() && names.subList(0, prefix.size()).equals(prefix);
    }
}
