package dev.jackstaff.verify.conformance.http;

import dev.jackstaff.relay.Relay;
import dev.jackstaff.relay.RunningRelay;
import dev.jackstaff.relay.StartException;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.verify.conformance.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A relay in this process with a world's configuration and flag files, which may be edited while it runs. Not
/// thread-safe.
final class RunningWorld implements AutoCloseable {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private final Path folder;
    private final Map<String, Object> places;
    private final Client main;
    private final Client monitoring;
    private final RunningRelay relay;

    /// @param folder empty, for the configuration and the flag files
    /// @throws IOException when the relay does not start
    RunningWorld(World world, Path folder) throws IOException {
        this.folder = folder;
        int port = freePort(), monitoringPort = freePort();
        places = Map.of("dir", folder.toString(), "port", (double) port, "monitoringPort", (double) monitoringPort);
        for (Map.Entry<String, @Nullable Object> file : world.flags().entrySet())
            writeFlags(file.getKey(), String.valueOf(file.getValue()));
        writeConfig(world.config());
        main = new Client(port);
        monitoring = new Client(monitoringPort);
        relay = start();
    }

    private RunningRelay start() throws IOException {
        try {
            return switch (RelayConfig.read(configFile(), List.of())) {
                case RelayConfig config -> Relay.start(config);
                case ConfigReading.Invalid(var problems, _) ->
                        throw new IOException("invalid configuration: " + problems);
            };
        } catch (StartException e) {
            throw new IOException("the relay does not start: " + e.getMessage(), e);
        }
    }

    int port() {
        return relay.port();
    }

    Client client(@Nullable Object listener) {
        return "monitoring".equals(listener) ? monitoring : main;
    }

    /// Replaces a flag file at once.
    void writeFlags(String name, String text) throws IOException {
        Path written = Files.writeString(folder.resolve(name + ".new"), text);
        Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /// Rewrites the configuration in place. JSON is YAML.
    void writeConfig(Map<String, @Nullable Object> config) throws IOException {
        Files.writeString(configFile(), Json.text(filled(config)));
    }

    private Path configFile() {
        return folder.resolve("goff-proxy.yaml");
    }

    private @Nullable Object filled(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> filled = new LinkedHashMap<>();
                map.forEach((name, item) -> filled.put((String) name, filled(item)));
                yield filled;
            }
            case List<?> list -> {
                List<@Nullable Object> filled = new ArrayList<>();
                for (Object item : list) filled.add(filled(item));
                yield filled;
            }
            case String text -> filled(text);
            case null, default -> value;
        };
    }

    private Object filled(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        if (placeholder.matches() && places.containsKey(placeholder.group(1)))
            return places.get(placeholder.group(1));
        return placeholder.reset()
                .replaceAll(match -> Matcher.quoteReplacement(
                        String.valueOf(places.getOrDefault(match.group(1), match.group()))));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        main.close();
        monitoring.close();
        relay.close();
    }
}
