package dev.jackstaff.engine.query;

import dev.jackstaff.engine.query.Queries.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remarked about one query while it is compiled. Positions come in as offsets into the prepared text and go out
/// as offsets into the text as written.
final class Findings {
    /// A text that is wrong in every word would otherwise yield as many findings.
    static final int MOST = 20;

    private final PreparedText prepared;
    private final List<Finding> list = new ArrayList<>();

    Findings(PreparedText prepared) {
        this.prepared = prepared;
    }

    void add(int offset, String message, @Nullable String hint) {
        if (list.size() < MOST) list.add(at(offset, message, hint));
    }

    /// For what changes answers: told however much else there is to say.
    void announce(int offset, String message, @Nullable String hint) {
        list.add(at(offset, message, hint));
    }

    Finding at(int offset, String message, @Nullable String hint) {
        return new Finding(prepared.origin(Math.min(offset, prepared.text.length())), message, hint);
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    /// In text order.
    List<Finding> list() {
        list.sort((a, b) -> Integer.compare(a.offset(), b.offset()));
        return list;
    }

    /// `text` between quotes, shortened when it is long.
    static String quoted(String text) {
        return '"' + (text.length() <= 40 ? text : text.substring(0, 37) + "...") + '"';
    }
}
