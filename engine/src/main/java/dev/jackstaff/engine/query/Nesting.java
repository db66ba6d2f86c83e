package dev.jackstaff.engine.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in a rule a `var` stands: inside the conditions of which operators that go through a list.
///
/// Before `filter`, `all`, `none` and `some` go through their list they replace every `var` of the condition that has a
/// value in the data outside by that value (`solveVars` of the original): outer attributes hide those of the items. For a
/// `var` inside, that amounts to looking in several places, the outermost first. Immutable.
///
/// @param replaces whether the operator does so; `map` and `reduce` do not
record Nesting(boolean replaces, @Nullable Nesting outer) {

    /// The frames to look in for a `var` inside `nesting`, as levels outwards.
    static int[] scopes(@Nullable Nesting nesting) {
        List<Integer> scopes = replacing(nesting);
        scopes.add(0);
        return scopes.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The frames by whose data a `var` inside `nesting` is replaced, as levels outwards, in the order of replacing.
    static List<Integer> replacing(@Nullable Nesting nesting) {
        List<Integer> scopes = new ArrayList<>();
        int level = 1;
        for (Nesting at = nesting; at != null; at = at.outer, level++) if (at.replaces) scopes.add(0, level);
        return scopes;
    }
}
