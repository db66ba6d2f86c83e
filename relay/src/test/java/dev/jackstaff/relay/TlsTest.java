package dev.jackstaff.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A running server with certificates, over real sockets and files.
class TlsTest {
    @TempDir
    static Path identities;

    private static Identity server;
    private static Identity renewed;
    private static Identity client;

    @TempDir
    Path folder;

    private Path certFile;
    private Path keyFile;

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = Identity.in(identities, "server");
        renewed = Identity.in(identities, "renewed");
        client = Identity.in(identities, "client");
    }

    @BeforeEach
    void copyFiles() throws IOException {
        Files.writeString(folder.resolve("flags.yaml"), "one: {variations: {v: 1}, defaultRule: {variation: v}}\n");
        certFile = Files.copy(server.certFile(), folder.resolve("tls.crt"));
        keyFile = Files.copy(server.keyFile(), folder.resolve("tls.key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void both_ports_speak_tls(String protocol) throws Exception {
        try (RunningRelay relay = start("monitoringPort: 0", tls());
                HttpClient http = client(server, null, protocol)) {
            assertThat(relay.monitoringPort()).isNotEqualTo(relay.port());
            HttpResponse<String> health = get(http, relay.monitoringPort(), "/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
            assertThat(get(http, relay.port(), "/v1/flag/change").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void with_authorities_every_client_needs_a_certificate_from_one() throws Exception {
        try (RunningRelay relay = start("monitoringPort: 0", tls() + ", clientCaFile: " + client.certFile());
                HttpClient known = client(server, client, "TLSv1.3");
                HttpClient unknown = client(server, renewed, "TLSv1.3");
                HttpClient nobody = client(server, null, "TLSv1.3")) {
            for (int port : List.of(relay.port(), relay.monitoringPort())) {
                assertThat(get(known, port, "/none").statusCode()).isEqualTo(404);
                assertThatThrownBy(() -> get(unknown, port, "/health")).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> get(nobody, port, "/health")).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void a_renewed_certificate_is_for_new_connections_and_open_ones_go_on() throws Exception {
        try (RunningRelay relay = start("monitoringPort: 0", tls());
                HttpClient before = client(server, null, "TLSv1.3")) {
            for (int port : List.of(relay.port(), relay.monitoringPort())) get(before, port, "/health");
            replace(keyFile, Files.readString(renewed.keyFile()));
            replace(certFile, Files.readString(renewed.certFile()));
            await(() -> shows(relay.port(), renewed) && shows(relay.monitoringPort(), renewed));
            for (int port : List.of(relay.port(), relay.monitoringPort()))
                assertThat(shown(get(before, port, "/health"))).isEqualTo(server.certificate());
        }
    }

    @Test
    void authorities_are_renewed_too() throws Exception {
        Path authorities = Files.copy(client.certFile(), folder.resolve("ca.crt"));
        try (RunningRelay relay = start("", tls() + ", clientCaFile: " + authorities)) {
            assertThat(lets(relay.port(), client)).isTrue();
            replace(authorities, Files.readString(renewed.certFile()));
            await(() -> lets(relay.port(), renewed));
            assertThat(lets(relay.port(), client)).isFalse();
        }
    }

    @Test
    void a_broken_new_file_is_told_and_changes_nothing() throws Exception {
        try (RunningRelay relay = start("", tls());
                LogLines log = new LogLines()) {
            replace(certFile, "nonsense");
            log.await("server.tls.certFile");
            assertThat(shows(relay.port(), server)).isTrue();
            replace(certFile, Files.readString(renewed.certFile()));
            log.await("is not that of the certificate");
            assertThat(shows(relay.port(), server)).isTrue();
            replace(keyFile, Files.readString(renewed.keyFile()));
            await(() -> shows(relay.port(), renewed));
            assertThat(log.all().toString()).doesNotContain(Files.readAllLines(renewed.keyFile()).get(1));
        }
    }

    @Test
    void what_was_protected_does_not_become_open() throws Exception {
        try (RunningRelay relay = start("", tls() + ", clientCaFile: " + client.certFile());
                LogLines log = new LogLines()) {
            for (String open : List.of(tls(), "")) {
                write("", open);
                log.await("restart to apply that");
                assertThat(lets(relay.port(), client)).isTrue();
                assertThat(lets(relay.port(), renewed)).isFalse();
            }
        }
    }

    @Test
    void a_connection_without_a_handshake_is_closed() throws Exception {
        try (RunningRelay relay = start("", tls());
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            silent.setSoTimeout(20_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_wrong_file_stops_the_start_with_its_place() throws Exception {
        Path old = Files.writeString(folder.resolve("old.key"),
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        String whole = "{certFile: " + certFile + ", keyFile: " + keyFile;
        assertThat(problem("{certFile: " + certFile + "}"))
                .contains("server.tls.keyFile", "server.tls needs keyFile", "certFile and keyFile go together");
        assertThat(problem("{clientCaFile: " + certFile + "}")).contains("server.tls needs certFile");
        assertThat(problem("{certFile: '', keyFile: ''}")).contains("server.tls needs certFile");
        assertThat(problem("{certFile: none.crt, keyFile: " + keyFile + "}"))
                .contains("goff-proxy.yaml:2:19", "server.tls.certFile", "there is no file none.crt");
        assertThat(problem("{certFile: " + keyFile + ", keyFile: " + keyFile + "}"))
                .contains("there is no certificate in " + keyFile);
        assertThat(problem("{certFile: " + certFile + ", keyFile: " + old + "}"))
                .contains("is not in PKCS#8", "openssl pkcs8 -topk8 -nocrypt");
        assertThat(problem("{certFile: " + certFile + ", keyFile: " + renewed.keyFile() + "}"))
                .contains("server.tls.keyFile", "is not that of the certificate in " + certFile);
        assertThat(problem(whole + ", clientCaFile: none.crt}")).contains("server.tls.clientCaFile", "no file");
        assertThat(problem("true")).contains("server.tls", "must be a map");
    }

    private String problem(String tls) throws IOException {
        write("", "tls: " + tls);
        ConfigReading reading = RelayConfig.read(folder.resolve("goff-proxy.yaml"), List.of());
        assertThat(reading).isInstanceOf(ConfigReading.Invalid.class);
        return reading.problems().stream().filter(Problem::isError).findFirst().orElseThrow().toString();
    }

    private String tls() {
        return "tls: {certFile: " + certFile + ", keyFile: " + keyFile;
    }

    private RunningRelay start(String more, String tls) throws Exception {
        write(more, tls);
        ConfigReading reading = RelayConfig.read(folder.resolve("goff-proxy.yaml"), List.of());
        assertThat(reading).as(reading.problems().toString()).isInstanceOf(RelayConfig.class);
        return Relay.start((RelayConfig) reading);
    }

    /// @param tls may lack its last brace
    private void write(String more, String tls) throws IOException {
        String closed = tls.contains("{") && !tls.endsWith("}") ? tls + "}" : tls;
        replace(folder.resolve("goff-proxy.yaml"), "server:\n" + (closed.isEmpty() ? "" : "  " + closed + "\n")
                + "  host: 127.0.0.1\n  port: 0\n  " + more + "\nhideBanner: true\nlogLevel: warn\n"
                + "retriever: {kind: file, path: '" + folder.resolve("flags.yaml") + "'}\n");
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static HttpClient client(Identity server, @Nullable Identity shown, String protocol) throws Exception {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[]{protocol});
        return HttpClient.newBuilder()
                .sslContext(server.trustedBy(shown))
                .sslParameters(parameters)
                .build();
    }

    private static HttpResponse<String> get(HttpClient http, int port, String path) throws Exception {
        URI uri = URI.create("https://127.0.0.1:" + port + path);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static Certificate shown(HttpResponse<String> answer) throws SSLPeerUnverifiedException {
        return answer.sslSession().orElseThrow().getPeerCertificates()[0];
    }

    /// Whether a new connection gets this certificate.
    private static boolean shows(int port, Identity identity) throws Exception {
        try (HttpClient http = client(identity, null, "TLSv1.3")) {
            return get(http, port, "/health").statusCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether a new connection with this certificate is served.
    private static boolean lets(int port, Identity shown) throws Exception {
        try (HttpClient http = client(server, shown, "TLSv1.3")) {
            return get(http, port, "/health").statusCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.call()) assertThat(Instant.now()).as("in time").isBefore(end);
    }
}
