package dev.jackstaff.relay.auth;

import dev.jackstaff.relay.auth.Access.Grant;
import dev.jackstaff.relay.config.KeyDigest;
import dev.jackstaff.relay.http.ServedFlagSet;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one key opened, and whether it still does. Keeps the digest of the key and nothing else of it.
///
/// For one thread. Cost: one comparison while the keys are the same, one look-up after they have changed.
final class Lease implements BooleanSupplier {
    private final Supplier<Access> access;
    private final @Nullable KeyDigest key;
    private final @Nullable ServedFlagSet flagSet;
    private Access seen;
    private boolean holds = true;

    private Lease(Supplier<Access> access, @Nullable KeyDigest key, Access seen, @Nullable ServedFlagSet flagSet) {
        this.access = access;
        this.key = key;
        this.seen = seen;
        this.flagSet = flagSet;
    }

    /// @param key as presented; null or empty for none
    /// @return null when it opens nothing
    static @Nullable Lease of(Supplier<Access> access, @Nullable String key) {
        KeyDigest digest = key == null || key.isEmpty() ? null : Access.digest(key);
        Access now = access.get();
        Grant grant = now.withOrWithout(digest);
        return grant == null ? null : new Lease(access, digest, now, grant.flagSet());
    }

    @Nullable
    ServedFlagSet flagSet() {
        return flagSet;
    }

    @Override
    public boolean getAsBoolean() {
        Access now = access.get();
        if (now == seen) return holds;
        seen = now;
        Grant grant = now.withOrWithout(key);
        holds = grant != null && Objects.equals(grant.flagSet(), flagSet);
        return holds;
    }
}
