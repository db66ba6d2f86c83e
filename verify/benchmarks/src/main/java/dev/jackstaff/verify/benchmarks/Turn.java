package dev.jackstaff.verify.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Whose turn it is, for each thread by itself.
@State(Scope.Thread)
public class Turn {
    private int last;

    int next() {
        last = (last + 1) & Integer.MAX_VALUE;
        return last;
    }
}
