package dev.jackstaff.outgoing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The texts of [TlsFiles] at one moment; equal texts make equal contexts.
record TlsMaterial(@Nullable String certificate, @Nullable String key, @Nullable String authorities) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    static TlsMaterial read(TlsFiles files) throws IOException {
        return new TlsMaterial(text(files.certificate()), text(files.key()), text(files.authorities()));
    }

    boolean isEmpty() {
        return certificate == null && authorities == null;
    }

    /// @throws IOException when a file does not hold what it should
    SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IOException("TLS cannot be set up: " + failure.getMessage(), failure);
        }
    }

    private KeyManager @Nullable [] keyManagers() throws IOException, GeneralSecurityException {
        if (certificate == null || key == null) return null;
        Certificate[] chain =
                certificates(certificate, "failed to parse client certificate").toArray(Certificate[]::new);
        KeyStore store = emptyStore();
        store.setKeyEntry("client", privateKey(chain[0].getPublicKey().getAlgorithm(), key), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trustManagers() throws IOException, GeneralSecurityException {
        if (authorities == null) return null;
        KeyStore store = emptyStore();
        int count = 0;
        for (X509Certificate system : systemAuthorities()) store.setCertificateEntry("system-" + count++, system);
        for (Certificate own : certificates(authorities, "failed to parse CA certificate"))
            store.setCertificateEntry("own-" + count++, own);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static List<X509Certificate> systemAuthorities() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers())
            if (manager instanceof X509TrustManager x509) return List.of(x509.getAcceptedIssuers());
        return List.of();
    }

    private static Collection<? extends Certificate> certificates(String pem, String failure) throws IOException {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (!certificates.isEmpty()) return certificates;
        } catch (CertificateException malformed) {
            throw new IOException(failure, malformed);
        }
        throw new IOException(failure);
    }

    private static PrivateKey privateKey(String algorithm, String pem) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(pem);
        if (!matcher.find())
            throw new IOException("the client key is not in PKCS#8; convert it with: openssl pkcs8 -topk8 -nocrypt");
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException | IllegalArgumentException malformed) {
            // Without the cause, which may quote the key.
            throw new IOException("failed to parse client key");
        }
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static @Nullable String text(@Nullable Path file) throws IOException {
        if (file == null) return null;
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException missing) {
            throw new IOException("cannot read " + file + ": no such file", missing);
        } catch (IOException failure) {
            throw new IOException("cannot read " + file, failure);
        }
    }

    /// A key is a secret.
    @Override
    public String toString() {
        return "TlsMaterial";
    }
}
