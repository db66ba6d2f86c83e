package dev.jackstaff.relay.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What the server shows and whom it lets in. Immutable; what the same files made is equal.
///
/// @param key         of the first certificate
/// @param chain       the server's certificate first; never empty
/// @param authorities every client must have a certificate from one of them; empty when clients need none
public record ServerTls(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {
    public ServerTls {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /// Whether clients need a certificate.
    public boolean asksClients() {
        return !authorities.isEmpty();
    }

    /// A key is a secret.
    @Override
    public String toString() {
        return "ServerTls";
    }
}
