package dev.jackstaff.verify.museum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A defect that others had, and one check for it. The check has to find it on a twin, a few lines that have the defect, and
/// nothing on ours.
///
/// What is to be closed after the check is [AutoCloseable].
///
/// @param <S> what twin and ours are to the check
interface Exhibit<S> {

    /// Has the defect, and nothing else that is wrong.
    S twin() throws Exception;

    S ours() throws Exception;

    /// What is wrong; empty when nothing is.
    Optional<String> examine(S subject) throws Exception;

    @Test
    default void the_twin_with_the_defect_is_found() throws Exception {
        assertThat(examined(twin())).isPresent();
    }

    @Test
    default void it_does_not_happen_here() throws Exception {
        assertThat(examined(ours())).isEmpty();
    }

    private Optional<String> examined(S subject) throws Exception {
        try {
            return examine(subject);
        } finally {
            if (subject instanceof AutoCloseable closeable) closeable.close();
        }
    }

    /// A finding, when it is one.
    static Optional<String> when(boolean wrong, String finding) {
        return wrong ? Optional.of(finding) : Optional.empty();
    }
}
