package dev.jackstaff.relay.auth;

import dev.jackstaff.relay.config.AuthorizedKeys;
import dev.jackstaff.relay.config.KeyDigest;
import dev.jackstaff.relay.http.Quota;
import dev.jackstaff.relay.http.ServedFlagSet;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What each key opens, at one moment. Immutable.
///
/// As in GO Feature Flag (`cmd/relayproxy/config/config_authorized_keys.go`) all keys are in one table: every key opens
/// evaluation, and an admin key keeps the flag set that it also is a key of.
public final class Access {

    /// What one key opens.
    ///
    /// @param flagSet null for none
    /// @param quota   how much may be asked with it
    record Grant(boolean isAdmin, @Nullable ServedFlagSet flagSet, Quota quota) {
        Grant(boolean isAdmin, @Nullable ServedFlagSet flagSet) {
            this(isAdmin, flagSet, Quota.UNLIMITED);
        }
    }

    private final Map<KeyDigest, Grant> grants;
    private final Map<KeyDigest, Grant> passes;
    private final @Nullable Grant withoutKey;

    private Access(
            Map<KeyDigest, Grant> grants, Map<KeyDigest, Grant> passes, @Nullable Grant withoutKey) {
        this.grants = Map.copyOf(grants);
        this.passes = Map.copyOf(passes);
        this.withoutKey = withoutKey;
    }

    /// Where one flag set is for everybody who may come in: everybody at all without evaluation keys.
    public static Access toOne(ServedFlagSet flagSet, AuthorizedKeys keys) {
        Map<KeyDigest, Grant> grants = new HashMap<>();
        for (KeyDigest key : keys.evaluation()) grants.put(key, new Grant(false, flagSet));
        for (KeyDigest key : keys.admin()) grants.put(key, new Grant(true, flagSet));
        return new Access(grants, Map.of(), keys.evaluation().isEmpty() ? new Grant(false, flagSet) : null);
    }

    /// Where each flag set is for those with one of its keys. Keys that belong to none open none; an admin key may be a key
    /// of a flag set as well.
    public static Access byKey(Map<? extends ServedFlagSet, Set<KeyDigest>> flagSets, AuthorizedKeys keys) {
        Map<KeyDigest, Grant> grants = new HashMap<>();
        for (KeyDigest key : keys.evaluation()) grants.put(key, new Grant(false, null));
        flagSets.forEach((flagSet, own) -> own.forEach(key -> grants.put(key, new Grant(false, flagSet))));
        for (KeyDigest key : keys.admin()) {
            Grant also = grants.get(key);
            grants.put(key, new Grant(true, also == null ? null : also.flagSet()));
        }
        return new Access(grants, Map.of(), null);
    }

    /// The same, where each flag set has a pass, too, which opens its streams and nothing else.
    ///
    /// @param passes as they are presented
    public Access withPasses(Map<? extends ServedFlagSet, String> passes) {
        Map<KeyDigest, Grant> grants = new HashMap<>();
        passes.forEach((flagSet, pass) -> grants.put(digest(pass), new Grant(false, flagSet)));
        return new Access(this.grants, grants, withoutKey);
    }

    /// The same, where so much may be asked with each key. Who needs no key may ask as much as there is.
    public Access within(Function<KeyDigest, Quota> quotas) {
        Map<KeyDigest, Grant> grants = new HashMap<>();
        this.grants.forEach((key, grant) -> grants.put(
                key, new Grant(grant.isAdmin, grant.flagSet, quotas.apply(key))));
        return new Access(grants, passes, withoutKey);
    }

    /// What callers get without a key; null when they need one. Then keys that are presented do not matter.
    @Nullable
    Grant withoutKey() {
        return withoutKey;
    }

    /// @param key as presented, one char a byte
    @Nullable
    Grant with(String key) {
        return grants.get(digest(key));
    }

    /// What is open without a key, else what the key or pass opens; null when neither is.
    @Nullable
    Grant withOrWithout(@Nullable KeyDigest key) {
        if (withoutKey != null || key == null) return withoutKey;
        Grant grant = grants.get(key);
        return grant == null ? passes.get(key) : grant;
    }

    /// @param key as presented, one char a byte
    static KeyDigest digest(String key) {
        return KeyDigest.of(key.getBytes(StandardCharsets.ISO_8859_1));
    }
}
