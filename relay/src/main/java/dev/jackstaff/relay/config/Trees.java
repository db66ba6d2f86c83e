package dev.jackstaff.relay.config;

import dev.jackstaff.engine.document.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Configuration trees laid over one another. Keys are the same whatever their letter case.
final class Trees {
    private Trees() {}

    /// One tree over another: what stands in both at the same path is the upper one's. Lists are merged item by item, so
    /// that an environment variable can change one member of one item; a single map counts as a list of one.
    static Node.Mapping over(Node.Mapping below, Node.Mapping above) {
        List<Node.Member> members = new ArrayList<>(below.members());
        for (Node.Member member : above.members()) {
            int at = indexOf(members, member.key().source());
            if (at < 0) members.add(member);
            else
                members.set(at, new Node.Member(members.get(at).key(), over(members.get(at).value(), member.value())));
        }
        return new Node.Mapping(members, below.location());
    }

    private static Node over(Node below, Node above) {
        if (above instanceof Node.Mapping upper)
            return below instanceof Node.Mapping lower ? over(lower, upper) : above;
        if (above instanceof Node.Sequence upper) {
            if (below instanceof Node.Sequence lower) return over(lower, upper);
            if (below instanceof Node.Mapping only)
                return over(new Node.Sequence(List.of(only), only.location()), upper);
        }
        return above;
    }

    private static Node.Sequence over(Node.Sequence below, Node.Sequence above) {
        List<Node> items = new ArrayList<>(below.items());
        for (int i = 0; i < above.items().size(); i++) {
            if (i < items.size()) items.set(i, over(items.get(i), above.items().get(i)));
            else
                items.add(above.items().get(i));
        }
        return new Node.Sequence(items, below.location());
    }

    /// The node at a path with dots between the parts; null when there is none.
    static @Nullable Node at(Node.Mapping top, String path) {
        int dot = path.indexOf('.');
        int at = indexOf(top.members(), dot < 0 ? path : path.substring(0, dot));
        if (at < 0) return null;
        Node value = top.members().get(at).value();
        if (dot < 0) return value instanceof Node.Scalar scalar && scalar.value() == null ? null : value;
        return value instanceof Node.Mapping map ? at(map, path.substring(dot + 1)) : null;
    }

    /// A tree that has nothing but a node at a path.
    static Node.Mapping nested(String path, Node node) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        Node value = dot < 0 ? node : nested(path.substring(dot + 1), node);
        Node.Scalar key = new Node.Scalar(name, name, node.location());
        return new Node.Mapping(List.of(new Node.Member(key, value)), node.location());
    }

    /// A tree without one of its top-level members.
    static Node.Mapping without(Node.Mapping top, String name) {
        return new Node.Mapping(
                top.members().stream().filter(member -> !member.key().source().equalsIgnoreCase(name)).toList(),
                top.location());
    }

    private static int indexOf(List<Node.Member> members, String name) {
        for (int i = 0; i < members.size(); i++)
            if (members.get(i).key().source().equalsIgnoreCase(name)) return i;
        return -1;
    }
}
