package dev.jackstaff.verify.stress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key for a relay on 127.0.0.1, with a certificate that it has signed itself: `server.key` and `server.crt`.
///
/// @param client trusts that certificate, and no other
record TlsKey(Path keyFile, Path certificateFile, SSLContext client) {
    private static final String ALIAS = "own";
    private static final String PASSWORD = "changeit"; // keytool wants one
    private static final int LINE = 64;

    static TlsKey in(Path folder) throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-dname", "CN=relay", "-ext", "SAN=ip:127.0.0.1",
                "-keystore", file.toString(), "-storepass", PASSWORD).inheritIO().start();
        if (keytool.waitFor() != 0) throw new IOException("keytool has failed");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        store.setCertificateEntry("trusted", store.getCertificate(ALIAS));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        return new TlsKey(
                pem(folder.resolve("server.key"), "PRIVATE KEY",
                        store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                pem(folder.resolve("server.crt"), "CERTIFICATE", store.getCertificate(ALIAS).getEncoded()), client);
    }

    /// The lines of the key. The first is that of any key of this kind.
    List<String> secrets() throws IOException {
        return Files.readAllLines(keyFile).stream().filter(line -> !line.startsWith("-")).skip(1).toList();
    }

    private static Path pem(Path file, String label, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(LINE, new byte[]{'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }
}
