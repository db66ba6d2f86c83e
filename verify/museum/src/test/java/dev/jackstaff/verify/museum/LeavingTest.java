package dev.jackstaff.verify.museum;

import dev.jackstaff.verify.museum.LeavingTest.Hub;
import dev.jackstaff.verify.museum.LeavingTest.Subscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// #3144: the hub that broadcasts found in the middle of it that a subscriber had gone, and handed that to the queue of those
/// that leave, whose only reader was the hub itself. From then on nobody heard of anything, and nobody could subscribe.
class LeavingTest implements Exhibit<Hub> {
    private static final int MESSAGES = 20, PATIENCE_MILLIS = 20_000;

    private final Threads threads = new Threads();

    @TempDir
    Path folder;

    interface Hub {
        Subscription subscribe() throws Exception;

        /// May return before it has been told.
        void tell(int number) throws Exception;
    }

    interface Subscription {
        /// Waits for the next message; empty when none comes any more.
        Optional<String> next() throws Exception;

        /// Goes without a word.
        void leave() throws Exception;
    }

    @AfterEach
    void letGo() {
        threads.interrupt();
    }

    @Override
    public Hub twin() {
        BlockingQueue<Integer> messages = new LinkedBlockingQueue<>();
        BlockingQueue<InMemory> leaving = new SynchronousQueue<>();
        List<InMemory> subscribers = new CopyOnWriteArrayList<>();
        threads.execute(() -> {
            try {
                while (true) {
                    int message = messages.take();
                    for (InMemory subscriber : subscribers) {
                        if (subscriber.gone) leaving.put(subscriber);
                        else
                            subscriber.heard.add("number " + message);
                    }
                    for (InMemory gone = leaving.poll(); gone != null; gone = leaving.poll()) subscribers.remove(gone);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return new Hub() {
            @Override
            public Subscription subscribe() {
                InMemory subscriber = new InMemory();
                subscribers.add(subscriber);
                return subscriber;
            }

            @Override
            public void tell(int number) {
                messages.add(number);
            }
        };
    }

    private final class InMemory implements Subscription {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private volatile boolean gone;

        @Override
        public Optional<String> next() throws InterruptedException {
            threads.stuck(() -> !heard.isEmpty());
            return Optional.ofNullable(heard.poll());
        }

        @Override
        public void leave() {
            gone = true;
        }
    }

    @Override
    public Hub ours() throws Exception {
        TestRelay relay = TestRelay.serving(folder, flag(0));
        return new OfRelay(relay);
    }

    private static String flag(int value) {
        return "f: {variations: {v: number " + value + "}, defaultRule: {variation: v}}\n";
    }

    private record OfRelay(TestRelay relay) implements Hub, AutoCloseable {
        @Override
        public Subscription subscribe() throws Exception {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET /stream/v1/sse/flag/change HTTP/1.1\r\nHost: relay\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            if (!String.valueOf(in.readLine()).contains(" 200 ")) throw new IOException("refused");
            return new Subscription() {
                @Override
                public Optional<String> next() throws IOException {
                    for (String line = in.readLine(); line != null; line = in.readLine())
                        if (line.startsWith("data:")) return Optional.of(line);
                    return Optional.empty();
                }

                @Override
                public void leave() throws IOException {
                    if (!socket.isClosed()) socket.setSoLinger(true, 0);
                    socket.close();
                }
            };
        }

        @Override
        public void tell(int number) throws Exception {
            relay.change(flag(number));
        }

        @Override
        public void close() {
            relay.close();
        }
    }

    @Override
    public Optional<String> examine(Hub hub) throws Exception {
        Subscription stays = hub.subscribe();
        for (int number = 1; number < MESSAGES; number++) {
            Subscription leaves = hub.subscribe();
            if (number % 2 == 0) leaves.leave();
            hub.tell(number);
            leaves.leave();
            if (!hears(stays, number)) return Optional.of("who stays does not hear message " + number);
        }
        Subscription comes = hub.subscribe();
        hub.tell(MESSAGES);
        boolean heard = hears(comes, MESSAGES) && hears(stays, MESSAGES);
        stays.leave();
        comes.leave();
        return Exhibit.when(!heard, "who comes afterwards hears nothing");
    }

    private static boolean hears(Subscription subscription, int number) throws Exception {
        Optional<String> heard = subscription.next();
        while (heard.isPresent() && !heard.get().contains("number " + number)) heard = subscription.next();
        return heard.isPresent();
    }
}
