package dev.jackstaff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jackstaff.formats.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `evaluate --check-mode` prints: the retriever's configuration under the field names of GO Feature Flag
/// (`cmdhelpers/retrieverconf`, RetrieverConf). Secrets are masked (D-33).
final class RetrieverCheck {
    private static final String MASK = "***";

    /// Field to settings key, in the order of the original; null where no option sets it.
    private static final Map<String, @Nullable String> FIELDS = fields();
    private static final Set<String> SECRETS = Set.of("GithubToken", "AuthToken", "AccountKey");
    private static final Set<String> ADDRESSES = Set.of("URL", "URI", "BaseURL");

    private RetrieverCheck() {}

    static String json(Map<String, @Nullable Object> settings) {
        return new String(JsonWriter.write(true, json -> {
            json.beginObject();
            for (Map.Entry<String, @Nullable String> field : FIELDS.entrySet())
                json.name(field.getKey()).value(shown(field.getKey(), settings.get(field.getValue())));
            json.endObject();
        }).copy(), UTF_8);
    }

    private static @Nullable Object shown(String field, @Nullable Object value) {
        return switch (field) {
            case "Timeout" -> Objects.requireNonNullElse(value, 0L);
            case "RedisOptions" -> null;
            case "Columns" -> Objects.requireNonNullElse(value, Map.of());
            case "HTTPHeaders" -> maskedHeaders(value);
            default -> text(field, value);
        };
    }

    private static String text(String field, @Nullable Object value) {
        if (value == null) return "";
        String text = value.toString();
        if (SECRETS.contains(field)) return MASK;
        return ADDRESSES.contains(field) ? text.replaceFirst("//[^/@]*@", "//" + MASK + "@") : text;
    }

    private static Map<String, List<String>> maskedHeaders(@Nullable Object value) {
        Map<String, List<String>> masked = new TreeMap<>();
        if (value instanceof Map<?, ?> headers) {
            headers.forEach((name, values) -> masked.put(
                    String.valueOf(name), ((List<?>) values).stream().map(secret -> MASK).toList()));
        }
        return masked;
    }

    private static Map<String, @Nullable String> fields() {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("Kind", "kind");
        fields.put("RepositorySlug", "repositorySlug");
        fields.put("Branch", "branch");
        fields.put("Path", "path");
        fields.put("GithubToken", "githubToken");
        fields.put("URL", "url");
        fields.put("Timeout", "timeout");
        fields.put("HTTPMethod", "method");
        fields.put("HTTPBody", "body");
        fields.put("HTTPHeaders", "headers");
        fields.put("HTTPClientCertPath", null);
        fields.put("HTTPClientKeyPath", null);
        fields.put("HTTPCACertPath", null);
        fields.put("Bucket", "bucket");
        fields.put("Object", "object");
        fields.put("Item", "item");
        fields.put("Namespace", "namespace");
        fields.put("ConfigMap", "configmap");
        fields.put("Key", "key");
        fields.put("BaseURL", "baseUrl");
        fields.put("AuthToken", "token");
        fields.put("URI", "uri");
        fields.put("Table", "table");
        fields.put("Columns", "columns");
        fields.put("Database", "database");
        fields.put("Collection", "collection");
        fields.put("RedisOptions", null);
        fields.put("RedisPrefix", null);
        fields.put("AccountName", "accountName");
        fields.put("AccountKey", "accountKey");
        fields.put("Container", "container");
        return fields;
    }
}
