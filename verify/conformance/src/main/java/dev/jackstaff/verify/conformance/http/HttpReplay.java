package dev.jackstaff.verify.conformance.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plays a world's exchanges against a relay, in order.
final class HttpReplay {
    private HttpReplay() {}

    /// Every exchange with what differs from the recording, nothing for those that pass.
    static Map<Exchange, List<String>> play(World world, RunningWorld running) throws InterruptedException {
        Map<Exchange, List<String>> results = new LinkedHashMap<>();
        for (Exchange exchange : world.exchanges()) results.put(exchange, play(exchange, running));
        return results;
    }

    private static List<String> play(Exchange exchange, RunningWorld running) throws InterruptedException {
        List<Map<String, @Nullable Object>> steps = exchange.steps();
        if (steps != null) return new Transcript(running).play(steps);
        try {
            Map<String, @Nullable Object> request = exchange.request();
            return judge(exchange, running.client(request.get("listener")).send(request));
        } catch (IOException e) {
            return List.of("no answer: " + e.getMessage());
        }
    }

    /// What differs from the recorded answer; nothing when this one or a better one was given.
    static List<String> judge(Exchange exchange, Reply reply) {
        List<String> differences = exchange.recorded().differences(reply);
        boolean better = !differences.isEmpty()
                && exchange.better().stream().anyMatch(claims -> claims.differences(reply).isEmpty());
        return better ? List.of() : differences;
    }
}
