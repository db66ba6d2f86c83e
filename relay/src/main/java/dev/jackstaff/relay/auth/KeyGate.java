package dev.jackstaff.relay.auth;

import dev.jackstaff.relay.auth.Access.Grant;
import dev.jackstaff.relay.http.Credentials;
import dev.jackstaff.relay.http.Gatekeeper;
import dev.jackstaff.relay.http.Or;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.Style;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets callers in by their key. Extraction, order and messages are those of the original's two middlewares
/// (`cmd/relayproxy/api/server.go`, Echo 4.15.4 `KeyAuth`), with one difference: the key that lets a caller in also decides
/// which flag set it is for (R-D37).
///
/// Thread-safe.
public final class KeyGate implements Gatekeeper {
    private static final String BEARER = "Bearer ";

    /// The `Authorization` line after which no further one is looked at, counted from 0.
    private static final int LAST_LINE = 19;

    private final Supplier<Access> access;

    /// @param access what is in force, asked once a request
    public KeyGate(Supplier<Access> access) {
        this.access = access;
    }

    @Override
    public Or<Client> client(Credentials credentials, Style style) {
        Access now = access.get();
        Grant open = now.withoutKey();
        Or<Grant> grant = open == null ? byHeader(now, credentials, _ -> true, style) : Or.next(open);
        return grant.then(it -> Or.next(new Client(it.flagSet(), it.quota())));
    }

    @Override
    public Or<Pass> subscriber(Credentials credentials, Style style) {
        Lease lease = Lease.of(access, credentials.queryKey());
        return lease == null ? refused("Unauthorized", style) : Or.next(new Pass(lease.flagSet(), lease));
    }

    @Override
    public Or<Administrator> administrator(Credentials credentials, Style style) {
        return byHeader(access.get(), credentials, Grant::isAdmin, style)
                .then(grant -> Or.next(new Administrator(grant.flagSet())));
    }

    /// `X-API-Key` decides alone where it is there; otherwise the `Authorization` lines are tried in order.
    private static Or<Grant> byHeader(Access access, Credentials credentials, Predicate<Grant> allowed, Style style) {
        String apiKey = credentials.apiKey();
        if (apiKey != null && !apiKey.isEmpty()) {
            Grant grant = access.with(apiKey);
            return grant != null && allowed.test(grant)
                    ? Or.next(grant)
                    : refused("code=401, message=Unauthorized", style);
        }
        List<String> lines = credentials.authorization();
        if (lines.isEmpty()) return refused("missing key in request header", style);
        boolean anyKey = false;
        for (int i = 0; i < lines.size(); i++) {
            String key = bearer(lines.get(i));
            if (key == null) continue;
            anyKey = true;
            Grant grant = access.with(key);
            if (grant != null && allowed.test(grant)) return Or.next(grant);
            if (i >= LAST_LINE) break;
        }
        return refused(anyKey ? "invalid key" : "invalid key in the request header", style);
    }

    /// What follows the scheme and one space, as it stands; null where there is none.
    private static @Nullable String bearer(String line) {
        return line.length() > BEARER.length() && line.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? line.substring(BEARER.length())
                : null;
    }

    private static <T> Or<T> refused(String message, Style style) {
        return Or.refused(Response.error(401, message, style));
    }
}
