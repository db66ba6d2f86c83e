package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values that must not stand in a configuration file or a log line: which they are, and where else they can stand.
///
/// Instead of a secret a configuration may name where it is: `file:/run/secrets/token` (without the line break at the end)
/// or `env:TOKEN`.
final class Secrets {
    private static final String FILE = "file:";
    private static final String VARIABLE = "env:";
    private static final int MOST_BYTES = 64 * 1024;

    /// By the last part of the path, or by being `headers` or standing below.
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(.*\\.)?(headers(\\..*)?|[^.]*(token|password|secret|accountkey|apikeys?|credentials|webhookurl|uri)"
                    + "(\\.\\d+)?)");

    /// What is sent to a server can be a credential.
    private static final String BODY = ".body";

    private static final Pattern USER_IN_URL = Pattern.compile("(?<=://)[^/@]*@");

    private final Map<String, String> variables;
    private final Findings findings;

    Secrets(Map<String, String> variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    static boolean isSecret(String path) {
        return SECRET.matcher(path).matches();
    }

    /// What a person may see of a value.
    static String redacted(String path, String value) {
        if (!isSecret(path)) return path.endsWith(BODY) ? "***" : withoutSecretsOfUrl(value);
        return value.startsWith(FILE) || value.startsWith(VARIABLE) ? value : value.isEmpty() ? "" : "***";
    }

    /// A password before the host, and a query: tokens travel in it.
    private static String withoutSecretsOfUrl(String value) {
        int scheme = value.indexOf("://");
        if (scheme < 0) return value;
        int query = value.indexOf('?', scheme);
        return USER_IN_URL.matcher(query < 0 ? value : value.substring(0, query) + "?***").replaceAll("***@");
    }

    /// The value that a text stands for; null when it names a place where there is none, which has been noted then.
    @Nullable
    String resolved(Section section, String key, Node.Scalar text) {
        String source = text.source();
        if (source.startsWith(VARIABLE)) {
            String name = source.substring(VARIABLE.length());
            String value = variables.get(name);
            if (value == null) section.error(key, text, "environment variable " + name + " is not set", null);
            return value;
        }
        return source.startsWith(FILE) ? content(section, key, text) : source;
    }

    /// The settings of an integration with every secret in its place.
    Node.Mapping resolved(Section section, String key, Node.Mapping settings) {
        return (Node.Mapping) resolved(section, key, "", settings);
    }

    private Node resolved(Section section, String key, String path, Node node) {
        return switch (node) {
            case Node.Mapping map -> {
                List<Node.Member> members = new ArrayList<>();
                for (Node.Member member : map.members())
                    members.add(new Node.Member(
                            member.key(),
                            resolved(section, key, path + "." + member.key().source(), member.value())));
                yield new Node.Mapping(members, map.location());
            }
            case Node.Sequence list -> new Node.Sequence(
                    list.items().stream().map(item -> resolved(section, key, path + ".0", item)).toList(),
                    list.location());
            case Node.Scalar scalar when isSecret(path) && scalar.value() instanceof String -> {
                String value = resolved(section, key, scalar);
                yield value == null || value.equals(scalar.source())
                        ? scalar
                        : new Node.Scalar(value, value, scalar.location());
            }
            case Node.Scalar scalar -> scalar;
        };
    }

    private @Nullable String content(Section section, String key, Node.Scalar text) {
        try {
            Path file = Path.of(text.source().substring(FILE.length()));
            findings.add(file);
            if (Files.size(file) > MOST_BYTES) {
                section.error(key, text, "the file " + file + " is no secret: over 64 KiB", null);
                return null;
            }
            return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException | InvalidPathException e) {
            String why = e instanceof NoSuchFileException ? "there is no file " : "cannot read ";
            section.error(key, text, why + text.source().substring(FILE.length()), null);
            return null;
        }
    }
}
