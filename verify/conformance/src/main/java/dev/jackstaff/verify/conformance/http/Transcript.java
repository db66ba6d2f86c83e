package dev.jackstaff.verify.conformance.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs the steps of a stream transcript, in order and with the pauses that were made when it was recorded. Used once.
final class Transcript {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final RunningWorld world;
    private final Map<String, EventStream> open = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private String at = "";

    Transcript(RunningWorld world) {
        this.world = world;
    }

    /// What differs from the recording, by step.
    List<String> play(List<Map<String, @Nullable Object>> steps) throws InterruptedException {
        try {
            for (int i = 0; i < steps.size(); i++) {
                Map<String, @Nullable Object> step = steps.get(i);
                at = "step " + (i + 1) + " (" + step.get("do") + "): ";
                if (!play(step)) break;
            }
        } catch (IOException e) {
            differs(String.valueOf(e.getMessage()));
        } finally {
            open.values().forEach(EventStream::close);
        }
        return differences;
    }

    /// @return whether the rest makes sense
    private boolean play(Map<String, @Nullable Object> step) throws IOException, InterruptedException {
        switch (Values.text(step, "do")) {
            case "ws", "sse" -> {
                return opened(step);
            }
            case "write" -> world.writeFlags(Values.text(step, "file"), Values.text(step, "text"));
            case "config" -> world.writeConfig(Values.object(step.get("config")));
            case "sleep" -> Thread.sleep(Duration.ofMillis((long) (seconds(step, "seconds", 0) * 1_000)));
            case "send" -> stream(step).send(Values.text(step, "text"));
            case "close" -> stream(step).close();
            case "request" -> request(step);
            case "eventually" -> eventually(step);
            case "expect" -> expect(step);
            case "silence" -> {
                String message = stream(step).take(seconds(step, "seconds", 0));
                if (message != null) differs("unexpected message " + Claims.shortened(message));
            }
            case "ping" -> {
                if (!stream(step).pingComes(seconds(step, "within", 5))) differs("no ping in time");
            }
            default -> throw new IllegalStateException("the corpus has an unknown step: " + step);
        }
        return true;
    }

    private boolean opened(Map<String, @Nullable Object> step) throws IOException {
        boolean webSocket = "ws".equals(step.get("do"));
        EventStream stream = new EventStream(
                webSocket, world.port(), Values.text(step, "path"), Values.object(step.get("headers")));
        open.put(Values.text(step, "as"), stream);
        Reply answer = stream.answer();
        if (!Objects.equals(step.get("status"), (double) answer.status())) {
            differs("status: want " + step.get("status") + ", got " + answer.status());
            return false;
        }
        if (webSocket && answer.status() == 101 && !stream.isAccepted()) differs("wrong Sec-WebSocket-Accept");
        List<String> headers = Claims.ofHeaders(Values.object(step.get("claims")), answer);
        if (!headers.isEmpty() && step.get("betterClaims") != null)
            headers = Claims.ofHeaders(Values.object(step.get("betterClaims")), answer);
        headers.forEach(this::differs);
        if (step.get("body") instanceof String body && answer.status() >= 300 && !body.equals(answer.text()))
            differs("body: want " + Claims.shortened(body) + ", got " + Claims.shortened(answer.text()));
        return true;
    }

    private void request(Map<String, @Nullable Object> step) throws IOException {
        Reply reply = world.client("main").send(Values.object(step.get("request")));
        List<String> found = recorded(step).differences(reply);
        if (!found.isEmpty() && !Values.texts(step.get("betterBodies")).contains(reply.text()))
            found.forEach(this::differs);
    }

    private void eventually(Map<String, @Nullable Object> step) throws IOException, InterruptedException {
        long end = System.nanoTime() + (long) (seconds(step, "within", 8) * 1e9);
        while (true) {
            List<String> found = recorded(step)
                    .differences(world.client("main").send(Values.object(step.get("request"))));
            if (found.isEmpty()) return;
            if (System.nanoTime() > end) {
                found.forEach(this::differs);
                return;
            }
            Thread.sleep(BETWEEN_TRIES);
        }
    }

    private void expect(Map<String, @Nullable Object> step) throws InterruptedException {
        String message = stream(step).take(seconds(step, "within", 6));
        if (message == null) {
            if (!Boolean.TRUE.equals(step.get("optional"))) differs("no message in time");
        } else if (!message.equals(step.get("message")))
            differs("message: want " + Claims.shortened(String.valueOf(step.get("message"))) + ", got "
                    + Claims.shortened(message));
    }

    private static Claims recorded(Map<String, @Nullable Object> step) {
        return new Claims(Values.object(step.get("response")), "exact", List.of(), List.of(), List.of());
    }

    private EventStream stream(Map<String, @Nullable Object> step) {
        return Objects.requireNonNull(open.get(Values.text(step, "as")), "a stream that was never opened");
    }

    private static double seconds(Map<String, @Nullable Object> step, String member, double otherwise) {
        return Values.number(step, member, otherwise);
    }

    private void differs(String what) {
        differences.add(at + what);
    }
}
