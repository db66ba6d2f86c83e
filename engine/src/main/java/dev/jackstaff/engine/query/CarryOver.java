package dev.jackstaff.engine.query;

import dev.jackstaff.engine.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the original's attribute lookup leaves behind from one comparison to the next (defect E-D5, `nikunjy/rules`,
/// `VisitAttrPath`): a lookup whose parent is missing keeps the value before it, and an unfinished descent loses the next
/// lookup as well. Belongs to one evaluation of one query.
final class CarryOver {
    private final List<@Nullable Object> containers = new ArrayList<>();
    private @Nullable Object last;

    /// The value the original compares with, or [Operand.NoPath].
    @Nullable
    Object lookUp(List<String> names, Attributes attributes, EvaluationContext user) {
        for (int i = 0; i < names.size(); i++) {
            boolean isLast = i == names.size() - 1;
            Object value;
            if (containers.isEmpty()) value = attributes.get(user, names.get(i));
            else {
                int top = containers.size() - 1;
                Object container = isLast ? containers.remove(top) : containers.get(top);
                if (container == null) return last;
                if (!(container instanceof Map<?, ?> map)) return Operand.NoPath.NO_PATH;
                value = map.get(names.get(i));
            }
            if (isLast) {
                last = value;
                containers.clear();
            } else
                containers.add(value);
        }
        return last;
    }
}
