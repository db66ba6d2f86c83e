package dev.jackstaff.relay.http;

import dev.jackstaff.relay.config.ServerTls;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/// [ServerTls] in the words of the HTTP library.
final class Tls {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
    private static final List<HttpVersion> VERSIONS = List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
    private static final int HANDSHAKE_SECONDS = 5;
    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    /// Makes a server speak TLS.
    ///
    /// @throws IOException when the certificates cannot be used
    static void set(ServerTls tls, HttpServerOptions options) throws IOException {
        options.setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(VERSIONS)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setClientAuth(tls.asksClients() ? ClientAuth.REQUIRED : ClientAuth.NONE)
                .setKeyCertOptions(shown(tls));
        if (tls.asksClients()) options.setTrustOptions(trusted(tls));
    }

    /// The same for a server that speaks it already.
    static ServerSSLOptions options(ServerTls tls) throws IOException {
        ServerSSLOptions options = new ServerSSLOptions()
                .setUseAlpn(true)
                .setApplicationLayerProtocols(VERSIONS.stream().map(HttpVersion::alpnName).toList())
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setClientAuth(tls.asksClients() ? ClientAuth.REQUIRED : ClientAuth.NONE)
                .setKeyCertOptions(shown(tls));
        return tls.asksClients() ? options.setTrustOptions(trusted(tls)) : options;
    }

    private static KeyCertOptions shown(ServerTls tls) throws IOException {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("server", tls.key(), NO_PASSWORD, tls.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return KeyCertOptions.wrap(factory);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of server.tls cannot be used: " + e.getMessage(), e);
        }
    }

    private static TrustOptions trusted(ServerTls tls) throws IOException {
        try {
            KeyStore store = emptyStore();
            for (X509Certificate authority : tls.authorities())
                store.setCertificateEntry("authority-" + store.size(), authority);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return TrustOptions.wrap(factory);
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities of server.tls cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        return store;
    }
}
