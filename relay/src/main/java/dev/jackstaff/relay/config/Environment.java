package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Location;
import dev.jackstaff.engine.document.Node;
import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.engine.document.Problem.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Environment variables as a configuration tree: `SERVER_PORT` is `server.port`, `RETRIEVERS_0_PATH` the `path` of the
/// first retriever, `FLAGSETS_1_RETRIEVERS_0_PATH` that of the second flag set's first one.
///
/// Names and lists are the original's (`cmd/relayproxy/config/config.go`). Unlike there, variables that are no
/// configuration key are left alone, and none can crash the start (R-D26).
final class Environment {
    private static final Set<String> LISTS = Set.of("retrievers", "exporters", "notifiers", "notifier", "flagsets");

    /// One of these without a prefix is more likely somebody else's: a shell's, a build's, a container platform's.
    private static final Set<String> COMMON = Set.of("host", "version", "debug", "environment");

    /// Beyond it an index is a mistake.
    private static final int MOST_ITEMS = 100;

    /// What Kubernetes sets for every service, such as `SERVER_PORT=tcp://10.0.0.1:80`.
    private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

    private final String prefix;
    private final Findings findings;
    private final Branch root = new Branch();

    private Environment(String prefix, Findings findings) {
        this.prefix = prefix;
        this.findings = findings;
    }

    /// @param prefix variables that begin with it count, without it; empty for all
    static Node.Mapping read(Map<String, String> variables, String prefix, Findings findings) {
        Environment environment = new Environment(prefix, findings);
        new TreeMap<>(variables).forEach(environment::add);
        return environment.root.map(Location.of("environment"));
    }

    private void add(String variable, String value) {
        if (!variable.startsWith(prefix)) return;
        String name = variable.substring(prefix.length()).toLowerCase(Locale.ROOT);
        List<String> path = Arrays.asList(name.split("_", -1));
        if (prefix.isEmpty() && COMMON.contains(name)) return;
        boolean inList = LISTS.contains(path.getFirst());
        if (!inList && !KnownKeys.isKnown(path)) {
            if (!prefix.isEmpty()) warn(variable, path, "no configuration key");
        } else if (SERVICE_LINK.matcher(value).matches() && name.endsWith("_port")) {
            warn(variable, path, "a container platform's address of a service, ignored");
        } else if (inList ? !isItem(path) : KnownKeys.isBlock(path)) {
            warn(variable, path, "names a whole block and no value in it, ignored");
        } else {
            root.add(path, variable, value);
        }
    }

    /// `retrievers.0.path`, with another list on the way where flag sets have one.
    private static boolean isItem(List<String> path) {
        if (path.size() < 3 || index(path.get(1)) < 0) return false;
        List<String> member = path.subList(2, path.size());
        return !path.getFirst().equals("flagsets") || !LISTS.contains(member.getFirst()) || isItem(member);
    }

    private static int index(String part) {
        return part.matches("\\d{1,3}") && Integer.parseInt(part) < MOST_ITEMS ? Integer.parseInt(part) : -1;
    }

    /// Names the variable and never shows its value.
    private void warn(String variable, List<String> path, String message) {
        findings.add(new Problem(
                Severity.WARNING, null, String.join(".", path), location(variable), message, null));
    }

    private static Location location(String variable) {
        return Location.of("environment variable " + variable);
    }

    /// What variables with the same beginning have in common.
    private static final class Branch {
        private final Map<String, Branch> children = new TreeMap<>();
        private @Nullable String variable;
        private String value = "";

        void add(List<String> path, String variable, String value) {
            if (path.isEmpty()) {
                this.variable = variable;
                this.value = value;
            } else {
                children.computeIfAbsent(path.getFirst(), _ -> new Branch())
                        .add(path.subList(1, path.size()), variable, value);
            }
        }

        /// A branch that is a value and has branches is the latter.
        Node node(Location around) {
            Location here = variable == null ? around : location(variable);
            return children.isEmpty() ? new Node.Scalar(value, value, here) : map(here);
        }

        Node.Mapping map(Location here) {
            List<Node.Member> members = new ArrayList<>();
            children.forEach((name, child) -> {
                Node.Scalar key = new Node.Scalar(name, name, here);
                members.add(new Node.Member(key, child.isList(name) ? child.list(here) : child.node(here)));
            });
            return new Node.Mapping(members, here);
        }

        private boolean isList(String name) {
            return LISTS.contains(name) && !children.isEmpty()
                    && children.keySet().stream().allMatch(part -> index(part) >= 0);
        }

        /// Gaps are filled with empty maps.
        private Node list(Location around) {
            List<Node> items = new ArrayList<>();
            children.forEach((part, child) -> {
                int index = index(part);
                while (items.size() <= index) items.add(new Node.Mapping(List.of(), around));
                items.set(index, child.node(around));
            });
            return new Node.Sequence(items, around);
        }
    }
}
