package dev.jackstaff.runtime;

/// Hears of changed flags. A listener is powerless: what it throws is logged, what it delays is only itself.
@FunctionalInterface
public interface ChangeListener {

    /// Called one at a time and in order, by changing threads. Where changes come faster than a listener takes them, it
    /// gets those it missed as one, so nothing queues up and the last state always arrives.
    void changed(FlagSetChange change);
}
