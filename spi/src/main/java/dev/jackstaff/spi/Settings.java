package dev.jackstaff.spi;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The settings of one integration as they stand in a configuration file or its environment variables, read key by key.
///
/// Readers do not throw: each notes what is wrong with its key and returns something harmless, so that a factory can read
/// every key and then report all problems together with [#check]. Keys are found whatever their letter case, as in
/// GO Feature Flag. Numbers may be written as text, because environment variables have nothing else.
///
/// Texts of problems are those of GO Feature Flag (`cmdhelpers/retrieverconf`, `cmd/relayproxy/config/exporter.go`), which
/// people search for. They name keys and never show values, which may be secrets. Not thread-safe; read it once.
public final class Settings {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final String integration;
    private final String kind;
    private final Map<String, @Nullable Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /// Of a retriever.
    ///
    /// @param kind   what the integration is called
    /// @param values key to value: text, numbers, booleans, lists and maps of these
    public Settings(String kind, Map<String, ? extends @Nullable Object> values) {
        this("retriever", kind, values);
    }

    /// @param integration what messages call it: `retriever`, `exporter`, `notifier`
    public Settings(String integration, String kind, Map<String, ? extends @Nullable Object> values) {
        this.integration = integration;
        this.kind = kind;
        this.values.putAll(values);
    }

    public String kind() {
        return kind;
    }

    /// The keys that are set.
    public Set<String> keys() {
        return new TreeSet<>(values.keySet());
    }

    /// A text that has to be there and not be empty. Returns the empty text otherwise.
    public String required(String key) {
        String text = text(key, "");
        if (text.isEmpty() && !isTree(values.get(key)))
            problem("no \"" + key + "\" property found for kind \"" + kind + "\"");
        return text;
    }

    /// A text; absent, null and empty give the default.
    public String text(String key, String byDefault) {
        Object value = values.get(key);
        if (value == null) return byDefault;
        if (isTree(value)) {
            problem("\"" + key + "\" must be a text");
            return byDefault;
        }
        String text = value.toString();
        return text.isEmpty() ? byDefault : text;
    }

    /// A file's path; absent and empty give nothing.
    public Optional<Path> path(String key) {
        String text = text(key, "");
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException invalid) {
            problem("\"" + key + "\" is not a path: " + invalid.getReason());
            return Optional.empty();
        }
    }

    /// An `http` or `https` URL with a host; absent and empty give nothing.
    public Optional<URI> url(String key) {
        String text = text(key, "");
        if (text.isEmpty()) return Optional.empty();
        try {
            URI url = new URI(text);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isHttp && url.getHost() != null) return Optional.of(url);
            problem("\"" + key + "\" must be a URL that begins with http:// or https:// and names a host");
        } catch (URISyntaxException malformed) {
            problem("\"" + key + "\" is not a URL: " + malformed.getReason() + " at character " + malformed.getIndex());
        }
        return Optional.empty();
    }

    /// HTTP headers: names to lists of values.
    public Map<String, List<String>> headers(String key) {
        Map<String, List<String>> headers = lists(key);
        headers.forEach((name, values) -> {
            if (!isToken(name)) problem("\"" + key + "\" has a name that is no header name: " + name);
            else if (!values.stream().allMatch(Settings::isHeaderValue))
                problem("\"" + key + "." + name + "\" has a value with a line break or another control character");
        });
        return headers;
    }

    /// A word as HTTP has them for methods and header names (RFC 9110, 5.6.2).
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    private static boolean isHeaderValue(String text) {
        return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F && c <= 0xFF));
    }

    /// A number of milliseconds; absent, zero and negative numbers give the default.
    public Duration milliseconds(String key, Duration byDefault) {
        long milliseconds = wholeNumber(key, 0);
        return milliseconds <= 0 ? byDefault : Duration.ofMillis(milliseconds);
    }

    /// A whole number; absent gives the default.
    public long wholeNumber(String key, long byDefault) {
        Object value = values.get(key);
        if (value == null || "".equals(value)) return byDefault;
        try {
            // A number that is written with a point and has nothing behind it is still whole.
            return new BigDecimal(value.toString().strip()).longValueExact();
        } catch (ArithmeticException | NumberFormatException notWhole) {
            problem("\"" + key + "\" must be a whole number");
            return byDefault;
        }
    }

    /// A number of bytes that fits into an array; absent, zero and negative numbers give the default.
    public int size(String key, int byDefault) {
        long bytes = wholeNumber(key, 0);
        if (bytes > Integer.MAX_VALUE - 8) problem("\"" + key + "\" must be below 2 GiB");
        return bytes <= 0 || bytes > Integer.MAX_VALUE - 8 ? byDefault : (int) bytes;
    }

    /// A map of names to texts.
    public Map<String, String> texts(String key) {
        Object value = values.get(key);
        if (value == null) return Map.of();
        Map<String, String> texts = new TreeMap<>();
        if (value instanceof Map<?, ?> map && map.values().stream().allMatch(Settings::isText))
            map.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        else
            problem("\"" + key + "\" must be a map of names to texts");
        return texts;
    }

    /// A map of names to lists of texts, such as headers. A single text counts as a list of one.
    public Map<String, List<String>> lists(String key) {
        Object value = values.get(key);
        if (value == null) return Map.of();
        if (!(value instanceof Map<?, ?> map)) {
            problem("\"" + key + "\" must be a map of names to lists of texts");
            return Map.of();
        }
        Map<String, List<String>> lists = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.forEach((name, list) -> lists.put(String.valueOf(name), texts(key + "." + name, list)));
        return lists;
    }

    private List<String> texts(String key, @Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(Settings::isText)) {
            return list.stream().map(String::valueOf).toList();
        }
        if (isText(value)) return List.of(String.valueOf(value));
        problem("\"" + key + "\" must be a list of texts");
        return List.of();
    }

    private static boolean isTree(@Nullable Object value) {
        return value instanceof Map || value instanceof List;
    }

    private static boolean isText(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    /// Notes something that keeps the integration from being made.
    public void problem(String message) {
        problems.add("invalid " + integration + ": " + message);
    }

    /// Notes something that works and is probably not meant.
    public void warning(String message) {
        warnings.add(message);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /// Call it when everything is read.
    ///
    /// @throws InvalidSettingsException if there was any problem
    public void check() throws InvalidSettingsException {
        if (!problems.isEmpty()) throw new InvalidSettingsException(problems);
    }
}
