package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Certificates of an authority made for one test class, by the JDK's own tools. */
final class TestCertificates implements AutoCloseable {
    static final String PASSWORD = "s3cret-of-the-store";

    private final Path directory;
    private final KeyStore store;

    private TestCertificates(Path directory, KeyStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** An authority with servers named localhost, other.invalid, and one whose time is over; and a client. */
    static TestCertificates make() {
        try {
            Path directory = Files.createTempDirectory("pagecache-tls-");
            Path file = directory.resolve("all.p12");
            keytool(file, "ca", "-ext", "bc:c");
            keytool(file, "localhost", "-signer", "ca", "-ext", "san=dns:localhost");
            keytool(file, "wrong", "-signer", "ca", "-ext", "san=dns:other.invalid");
            keytool(
                    file,
                    "expired",
                    "-signer",
                    "ca",
                    "-ext",
                    "san=dns:localhost",
                    "-startdate",
                    "-3d",
                    "-validity",
                    "1");
            keytool(file, "client", "-signer", "ca");
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            return new TestCertificates(directory, store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file, String alias, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias, "-keyalg", "RSA", "-keysize", "2048"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertEquals(0, keytool.waitFor(), alias);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What makes a redis-server speak TLS on a port of its own with the certificate of this name. */
    List<String> serverOptions(int tlsPort, String alias, String authClients) {
        return List.of(
                "--tls-port",
                Integer.toString(tlsPort),
                "--tls-cert-file",
                pem(alias + ".crt", "CERTIFICATE", certificate(alias)),
                "--tls-key-file",
                pem(alias + ".key", "PRIVATE KEY", key(alias)),
                "--tls-ca-cert-file",
                pem("ca.crt", "CERTIFICATE", certificate("ca")),
                "--tls-auth-clients",
                authClients);
    }

    private byte[] certificate(String alias) {
        try {
            return store.getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] key(String alias) {
        try {
            return store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String pem(String name, String what, byte[] content) {
        Path file = directory.resolve(name);
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, lineEnd).encodeToString(content) + "\n-----END " + what + "-----\n";
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return file.toString();
    }

    /** A PKCS12 file that trusts the authority. */
    Path trustStore() {
        return save("trust.p12", trust -> trust.setCertificateEntry("ca", store.getCertificate("ca")));
    }

    /** A PKCS12 file with the certificate and the key of the client. */
    Path clientStore() {
        return save(
                "client.p12",
                keys -> keys.setKeyEntry(
                        "client",
                        store.getKey("client", PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        new Certificate[] {store.getCertificate("client"), store.getCertificate("ca")}));
    }

    /** Fills a key store. */
    @FunctionalInterface
    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private Path save(String name, Filling filling) {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore saved = KeyStore.getInstance("PKCS12");
            saved.load(null, null);
            filling.fill(saved);
            saved.store(out, PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
