package dev.jackstaff.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real TLS server that asks for a client certificate.
class TlsFilesTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private HttpsServer server;

    @BeforeEach
    void startServer() throws Exception {
        KeyStore own = identity("server");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("client", identity("client").getCertificate("client"));
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = context.getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void own_authorities_are_trusted_and_the_own_certificate_is_shown() throws Exception {
        assertThat(status(new TlsFiles(file("client.crt"), file("client.key"), file("server.crt")))).isEqualTo(200);
    }

    @Test
    void without_them_neither_side_trusts_the_other() {
        assertThatThrownBy(() -> status(TlsFiles.NONE)).isInstanceOf(IOException.class)
                .hasMessageContaining("failed: TLS: ");
        assertThatThrownBy(() -> status(new TlsFiles(null, null, file("server.crt"))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void renewed_files_are_used_from_the_next_call_on() throws Exception {
        Path authorities = Files.copy(file("client.crt"), folder.resolve("trusted.crt"));
        try (OutgoingHttp http = new OutgoingHttp(new TlsFiles(file("client.crt"), file("client.key"), authorities))) {
            assertThatThrownBy(() -> status(http)).isInstanceOf(IOException.class);
            Files.writeString(authorities, Files.readString(file("server.crt")));
            assertThat(status(http)).isEqualTo(200);
        }
    }

    @Test
    void a_key_in_another_form_is_refused_with_the_way_to_convert_it() throws Exception {
        Path key = Files.writeString(folder.resolve("old.key"),
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Path broken = Files.writeString(folder.resolve("broken.key"),
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> status(new TlsFiles(file("client.crt"), key, null)))
                .hasMessage("the client key is not in PKCS#8; convert it with: openssl pkcs8 -topk8 -nocrypt");
        assertThatThrownBy(() -> status(new TlsFiles(file("client.crt"), broken, null)))
                .hasMessage("failed to parse client key");
        assertThatThrownBy(() -> status(new TlsFiles(key, file("client.key"), null)))
                .hasMessage("failed to parse client certificate");
    }

    private int status(TlsFiles files) throws IOException {
        try (OutgoingHttp http = new OutgoingHttp(files)) {
            return status(http);
        }
    }

    private int status(OutgoingHttp http) throws IOException {
        URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        return http.call(new OutgoingRequest("GET", uri, Map.of(), BodyPublishers.noBody()), 100,
                Duration.ofSeconds(60)).status();
    }

    /// A key pair with a certificate of its own, as a store and as two PEM files.
    private KeyStore identity(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=ip:127.0.0.1",
                "-keystore", store.toString(), "-storepass", new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), UTF_8)).doesNotContain("error");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        writePem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        writePem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
        return keys;
    }

    private void writePem(String name, String label, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der);
        Files.writeString(file(name), "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
