package dev.jackstaff.relay.config;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `server.tls`: three PEM files to a [ServerTls]. A mistake is noted at the key that names the file.
final class ServerTlsReader {
    private static final String CERTIFICATE = "certFile";
    private static final String KEY = "keyFile";
    private static final String AUTHORITIES = "clientCaFile";
    private static final int MOST_BYTES = 1024 * 1024;

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /// Anything, to be signed and verified.
    private static final byte[] PROBE = {1, 2, 3, 4};

    private final Section section;
    private final Findings findings;
    private final Map<String, String> files;

    ServerTlsReader(Section section, Findings findings) {
        this.section = section;
        this.findings = findings;
        files = Stream.of(CERTIFICATE, KEY, AUTHORITIES).collect(toMap(name -> name, name -> section.text(name, "")));
    }

    /// Null without the keys, and when something is wrong.
    @Nullable
    ServerTls read() {
        if (files.keySet().stream().noneMatch(section::has)) return null;
        List<X509Certificate> chain = certificates(CERTIFICATE);
        PrivateKey key = chain == null ? null : key(chain.getFirst().getPublicKey());
        List<X509Certificate> authorities = section.has(AUTHORITIES) ? certificates(AUTHORITIES) : List.of();
        return chain == null || key == null || authorities == null ? null : new ServerTls(key, chain, authorities);
    }

    private @Nullable List<X509Certificate> certificates(String name) {
        String pem = content(name);
        if (pem == null) return null;
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map((Certificate certificate) -> (X509Certificate) certificate)
                    .toList();
            if (!certificates.isEmpty()) return certificates;
        } catch (CertificateException malformed) {
            // told below
        }
        error(name, "there is no certificate in " + file(name), "PEM, beginning with -----BEGIN CERTIFICATE-----");
        return null;
    }

    private @Nullable PrivateKey key(PublicKey certified) {
        String pem = content(KEY);
        if (pem == null) return null;
        Matcher matcher = PKCS8.matcher(pem);
        if (!matcher.find()) {
            error(KEY, "the key in " + file(KEY) + " is not in PKCS#8 without password",
                    "convert it with: openssl pkcs8 -topk8 -nocrypt");
            return null;
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
            PrivateKey key = KeyFactory.getInstance(certified.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(der));
            if (belongTogether(key, certified)) return key;
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            // Told below, without the cause: it may quote the key.
        }
        error(KEY, "the key in " + file(KEY) + " is not that of the certificate in " + file(CERTIFICATE), null);
        return null;
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private @Nullable String content(String name) {
        String named = file(name);
        if (named.isEmpty()) {
            error(name, "server.tls needs " + name, CERTIFICATE + " and " + KEY + " go together");
            return null;
        }
        try {
            Path file = Path.of(named);
            findings.add(file);
            if (Files.size(file) <= MOST_BYTES) return Files.readString(file, StandardCharsets.ISO_8859_1);
            error(name, "the file " + named + " is over 1 MiB", "a PEM file");
        } catch (NoSuchFileException missing) {
            error(name, "there is no file " + named, null);
        } catch (IOException | InvalidPathException failure) {
            error(name, "cannot read " + named, null);
        }
        return null;
    }

    private String file(String name) {
        return requireNonNull(files.get(name));
    }

    private void error(String name, String message, @Nullable String hint) {
        section.error(name, section.node(name), message, hint);
    }
}
