package dev.jackstaff.relay.config;

import java.util.Set;

/// The keys that belong to no flag set. Immutable.
///
/// @param evaluation with one of them, evaluation needs a key
/// @param admin      for the admin routes; they open evaluation as well
public record AuthorizedKeys(Set<KeyDigest> evaluation, Set<KeyDigest> admin) {
    public static final AuthorizedKeys NONE = new AuthorizedKeys(Set.of(), Set.of());

    public AuthorizedKeys {
        evaluation = Set.copyOf(evaluation);
        admin = Set.copyOf(admin);
    }
}
