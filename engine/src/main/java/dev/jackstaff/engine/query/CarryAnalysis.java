package dev.jackstaff.engine.query;

import java.util.ArrayList;
import java.util.List;

/// Finds the lookups of a query that defect E-D5 can reach, see [CarryOver]: the others find the same value with and
/// without it, whatever the context.
final class CarryAnalysis {
    private CarryAnalysis() {}

    /// Those of `lookups`, given in the order of evaluation, that a lookup before them can change.
    static List<Syntax.Path> affected(List<Syntax.Path> lookups) {
        List<Syntax.Path> affected = new ArrayList<>();
        boolean unfinishedDescent = false;
        List<String> commonParent = null;
        for (Syntax.Path path : lookups) {
            List<String> parent = path.names().subList(0, path.names().size() - 1);
            boolean canBeMissing = !parent.isEmpty() && !Attributes.isForced(parent.get(0));
            // An earlier lookup finds nothing either where its own parent lies in the missing one.
            boolean carried = commonParent != null && !isPrefix(parent, commonParent);
            if (unfinishedDescent || (canBeMissing && carried)) affected.add(path);
            // With three names or more the descent can stop half-way, and then the next lookup starts there.
            unfinishedDescent |= canBeMissing && parent.size() > 1;
            commonParent = commonParent == null ? parent : commonPrefix(commonParent, parent);
        }
        return affected;
    }

    private static boolean isPrefix(List<String> prefix, List<String> names) {
        return prefix.size() <= names.size() && names.subList(0, prefix.size()).equals(prefix);
    }

    private static List<String> commonPrefix(List<String> a, List<String> b) {
        int shared = 0;
        while (shared < Math.min(a.size(), b.size()) && a.get(shared).equals(b.get(shared))) shared++;
        return a.subList(0, shared);
    }
}
