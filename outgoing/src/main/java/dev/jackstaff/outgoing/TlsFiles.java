package dev.jackstaff.outgoing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// PEM files for TLS. They are looked at before each call, so a renewed certificate is in force from the next one.
///
/// @param certificate with its chain, to show to the server; null to show none
/// @param key         of the certificate, PKCS#8 without password; null exactly if `certificate` is
/// @param authorities whose certificates are trusted beside the system's; null for none
public record TlsFiles(@Nullable Path certificate, @Nullable Path key, @Nullable Path authorities) {
    /// Nothing to show and nobody but the system's authorities to trust.
    public static final TlsFiles NONE = new TlsFiles(null, null, null);

    public TlsFiles {
        if ((certificate == null) != (key == null))
            throw new IllegalArgumentException("client certificate and client key must be provided together");
    }
}
