package dev.jackstaff.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of GO Feature Flag's `evaluate` that choose and set up a retriever (`cmd/cli/evaluate/evaluate_cmd.go`),
/// as the settings a configuration file would have.
final class RetrieverOptions {

    @Option(names = {"-k", "--kind"}, paramLabel = "KIND", defaultValue = "file",
            description = "Kind of retriever that brings the flags (default: ${DEFAULT-VALUE}).")
    private String kind = "file";

    @Option(names = {"-p", "--path"}, paramLabel = "PATH",
            description = "Path of the flag file, local or in a repository.")
    private @Nullable String path;

    @Option(names = "--url", paramLabel = "URL", description = "http: address of the flag file.")
    private @Nullable String url;

    @Option(names = "--method", paramLabel = "METHOD", defaultValue = "GET",
            description = "http: request method (default: ${DEFAULT-VALUE}).")
    private String method = "GET";

    @Option(names = "--body", paramLabel = "TEXT", description = "http: request body.")
    private @Nullable String body;

    @Option(names = "--header", paramLabel = "'K: V'",
            description = "http: request header, 'k: v' or k=v; may be repeated.")
    private List<String> headers = List.of();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Longest time a request may take, in seconds.")
    private long timeoutSeconds;

    @Option(names = "--auth-token", paramLabel = "TOKEN", description = "github, gitlab, bitbucket: access token.")
    private @Nullable String authToken;

    @Option(names = "--github-token", hidden = true, paramLabel = "TOKEN")
    private @Nullable String githubToken;

    @Option(names = "--repository-slug", paramLabel = "OWNER/NAME",
            description = "github, gitlab, bitbucket: repository.")
    private @Nullable String repositorySlug;

    @Option(names = "--branch", paramLabel = "BRANCH", description = "github, gitlab, bitbucket: branch.")
    private @Nullable String branch;

    @Option(names = "--base-url", paramLabel = "URL", description = "github, gitlab, bitbucket: address of the server.")
    private @Nullable String baseUrl;

    @Option(names = "--bucket", paramLabel = "NAME", description = "s3, googleStorage: bucket.")
    private @Nullable String bucket;

    @Option(names = "--item", paramLabel = "NAME", description = "s3: item.")
    private @Nullable String item;

    @Option(names = "--object", paramLabel = "NAME", description = "googleStorage, azureBlobStorage: object.")
    private @Nullable String object;

    @Option(names = "--container", paramLabel = "NAME", description = "azureBlobStorage: container.")
    private @Nullable String container;

    @Option(names = "--account-name", paramLabel = "NAME", description = "azureBlobStorage: account.")
    private @Nullable String accountName;

    @Option(names = "--account-key", paramLabel = "KEY", description = "azureBlobStorage: key of the account.")
    private @Nullable String accountKey;

    @Option(names = "--namespace", paramLabel = "NAME", defaultValue = "default",
            description = "configmap: namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(names = "--config-map", paramLabel = "NAME", description = "configmap: name of the config map.")
    private @Nullable String configMap;

    @Option(names = "--key", paramLabel = "KEY", description = "configmap: key in the config map.")
    private @Nullable String key;

    @Option(names = "--uri", paramLabel = "URI", description = "mongodb, postgresql: connection.")
    private @Nullable String uri;

    @Option(names = "--database", paramLabel = "NAME", description = "mongodb: database.")
    private @Nullable String database;

    @Option(names = "--collection", paramLabel = "NAME", description = "mongodb: collection.")
    private @Nullable String collection;

    @Option(names = "--table", paramLabel = "NAME", description = "postgresql: table.")
    private @Nullable String table;

    @Option(names = "--column", paramLabel = "NAME:REAL",
            description = "postgresql: name of a column; may be repeated.")
    private List<String> columns = List.of();

    /// Key to value, without what was not said.
    Map<String, @Nullable Object> settings() {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("kind", kind);
        put(settings, "path", path);
        put(settings, "url", url);
        put(settings, "method", method);
        put(settings, "body", body);
        if (!headers.isEmpty()) settings.put("headers", headerLists());
        if (timeoutSeconds != 0) settings.put("timeout", Math.multiplyExact(timeoutSeconds, 1000));
        put(settings, "token", authToken);
        put(settings, "githubToken", githubToken);
        put(settings, "repositorySlug", repositorySlug);
        put(settings, "branch", branch);
        put(settings, "baseUrl", baseUrl);
        put(settings, "bucket", bucket);
        put(settings, "item", item);
        put(settings, "object", object);
        put(settings, "container", container);
        put(settings, "accountName", accountName);
        put(settings, "accountKey", accountKey);
        put(settings, "namespace", namespace);
        put(settings, "configmap", configMap);
        put(settings, "key", key);
        put(settings, "uri", uri);
        put(settings, "database", database);
        put(settings, "collection", collection);
        put(settings, "table", table);
        if (!columns.isEmpty()) settings.put("columns", columnNames());
        return settings;
    }

    private static void put(Map<String, @Nullable Object> settings, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) settings.put(key, value);
    }

    /// Names to values; a header that is neither `k: v` nor `k=v` is passed over, as in GO Feature Flag.
    private Map<String, List<String>> headerLists() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String header : headers) {
            String[] parts = header.split(header.contains(":") ? ":" : "=", 2);
            if (parts.length == 2)
                lists.computeIfAbsent(parts[0].strip(), name -> new ArrayList<>()).add(parts[1].strip());
        }
        return lists;
    }

    private Map<String, String> columnNames() {
        Map<String, String> names = new LinkedHashMap<>();
        for (String column : columns) {
            String[] parts = column.split(":", 2);
            if (parts.length == 2) names.put(parts[0].strip(), parts[1].strip());
        }
        return names;
    }
}
