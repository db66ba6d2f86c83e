package dev.jackstaff.verify.stress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a JVM of its own, and what it says on standard error. It ends with this process at the latest, unless that is
/// killed outright. Thread-safe.
final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("\"msg\":\"listening\".*\"port\":(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SETTLED_KIB = 64;
    private static final Pattern LIVE = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    private static final Pattern COMPILING = Pattern.compile("java\\.ci\\.totalTime=(\\d+)");

    /// One that is left behind would disturb whatever is measured next.
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end servers"));
    }

    private final Process process;
    private final Thread listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition said = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean silent;

    private ServerProcess(Process process) {
        this.process = process;
        RUNNING.add(process);
        CompletableFuture<Void> _ = process.onExit().thenAccept(RUNNING::remove);
        listener = Thread.ofPlatform().daemon().name("standard error").unstarted(this::listen);
    }

    /// Starts a class of this class path; it says `listening` with its port when it answers. A full collection leaves nothing
    /// in its heap that is not used.
    ///
    /// @param core the only core it may use; empty for all
    static ServerProcess start(Optional<Integer> core, Class<?> main, String... arguments) throws IOException {
        return start(core, List.of(), main, arguments);
    }

    /// The same with more options for its JVM.
    static ServerProcess start(Optional<Integer> core, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        core.ifPresent(number -> command.addAll(List.of("taskset", "-c", Integer.toString(number))));
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:MarkSweepDeadRatio=0", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /// Starts a command that says the same.
    static ServerProcess start(List<String> command) throws IOException {
        ServerProcess server = new ServerProcess(
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
        server.listener.start();
        return server;
    }

    /// Waits until it answers.
    int port() {
        Matcher port = LISTENING.matcher(await(0, line -> line.contains("\"listening\"")));
        if (!port.find()) throw new IllegalStateException("it says that it listens and not where");
        return Integer.parseInt(port.group(1));
    }

    /// How many lines it has said.
    int said() {
        return lines().size();
    }

    List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a line among those after the first `after`.
    ///
    /// @throws IllegalStateException when it ends, or does not come
    String await(int after, Predicate<String> wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        lock.lock();
        try {
            for (int at = after;;) {
                for (; at < lines.size(); at++) if (wanted.test(lines.get(at))) return lines.get(at);
                Duration left = Duration.between(Instant.now(), end);
                if (silent || left.isNegative())
                    throw new IllegalStateException("the server did not say what was awaited, but " + lines);
                long _ = said.awaitNanos(left.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    /// The time it has spent on a core so far, user and system together.
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /// How long its JVM has compiled so far.
    Duration compiling() throws IOException {
        Matcher nanos = COMPILING.matcher(jcmd("PerfCounter.print"));
        if (!nanos.find()) throw new IllegalStateException("its JVM does not tell how long it has compiled");
        return Duration.ofNanos(Long.parseLong(nanos.group(1)));
    }

    /// KiB of live objects, when they do not get fewer any more: what a lost connection held goes when that is seen. They are
    /// counted in one with a full collection, so that nothing is among them that a thread has taken since, a piece of a megabyte
    /// at a time.
    long heap() throws IOException {
        long heap = collectedHeap();
        for (long next; (next = collectedHeap()) < heap - SETTLED_KIB;) heap = next;
        return heap;
    }

    private long collectedHeap() throws IOException {
        Matcher live = LIVE.matcher(jcmd("GC.class_histogram"));
        if (!live.find()) throw new IllegalStateException("its JVM does not tell what is on its heap");
        return Long.parseLong(live.group(1)) / 1_024;
    }

    private String jcmd(String command) throws IOException {
        Process jcmd = new ProcessBuilder(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid()),
                        command))
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!jcmd.waitFor(PATIENCE)) throw new IllegalStateException("jcmd does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return said;
    }

    long pid() {
        return process.pid();
    }

    /// Tells it to end (SIGTERM), and waits until it has and all that it said is here.
    ///
    /// @return its exit code
    int terminate() {
        signal();
        return exit();
    }

    /// Tells it to end (SIGTERM), and does not wait.
    void signal() {
        boolean _ = process.toHandle().destroy(); // that of the process would close what it still says
    }

    /// Waits until it has ended and all that it said is here.
    ///
    /// @return its exit code
    int exit() {
        try {
            if (!process.waitFor(PATIENCE)) throw new IllegalStateException("the server does not end");
            listener.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /// Ends it at once (SIGKILL), and waits until it has.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private void listen() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null;) tell(line);
        } catch (IOException e) {
            tell(e.toString());
        }
        lock.lock();
        try {
            silent = true;
            said.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tell(String line) {
        lock.lock();
        try {
            lines.add(line);
            said.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
