package dev.jackstaff.verify.conformance.http;

import dev.jackstaff.engine.document.MalformedDocumentException;
import dev.jackstaff.verify.conformance.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One recorded world: a configuration, flag files, and what was asked and answered. A line of the file is one JSON
/// object; the first is the world's head.
///
/// @param config what stands in the configuration file, `${dir}`, `${port}` and `${monitoringPort}` still to be filled in
/// @param flags  file name to text
record World(String name, Map<String, @Nullable Object> config, Map<String, @Nullable Object> flags,
        List<Exchange> exchanges) {

    static World read(Path file) throws IOException {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file))
            if (!line.isBlank()) lines.add(object(file, lines.size() + 1, line));
        Map<String, @Nullable Object> head = lines.getFirst();
        return new World(
                Values.text(head, "world"),
                Values.object(head.get("config")),
                Values.object(head.get("flags")),
                lines.stream().skip(1).map(Exchange::of).toList());
    }

    private static Map<String, @Nullable Object> object(Path file, int number, String line) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        try {
            Json.members(file + ":" + number, line.getBytes(StandardCharsets.UTF_8))
                    .forEach((name, node) -> object.put(name, Json.value(node)));
        } catch (MalformedDocumentException e) {
            throw new IOException(e.problem().toString(), e);
        }
        return object;
    }
}
