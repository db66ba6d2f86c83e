package dev.jackstaff.relay;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGTERM and SIGINT, each time they come: shutdown hooks hear of the first one alone.
///
/// Only `sun.misc.Signal` of the module `jdk.unsupported` tells. It is reached by reflection, because a compiler that takes
/// warnings for errors takes none that names it; a JVM that lacks it, or keeps signals to itself (`-Xrs`), goes on as ever.
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final List<String> NAMES = List.of("TERM", "INT");

    private Signals() {}

    /// @param task run for each one from now on, in a thread of its own, instead of ending the process
    static void each(Runnable task) {
        for (String name : NAMES) {
            try {
                handle(name, task);
            } catch (ReflectiveOperationException e) {
                LOG.debug("SIG{} ends the process, and a second one does nothing: {}", name, e.toString());
            }
        }
    }

    private static void handle(String name, Runnable task) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal"), handler = Class.forName("sun.misc.SignalHandler");
        Object handles = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[]{handler}, (_, _, _) -> {
            task.run();
            return null;
        });
        Object signals = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, signals, handles);
    }
}
