package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** TLS as the client does it; the server is a fake one, since a plain redis-server may be built without TLS. */
class RedisTlsIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String PASSWORD = "changeit";

    /** Made once: it takes seconds. */
    private static final SSLContext CONTEXT = context();

    private static SSLContext context() {
        try {
            Path directory = Files.createTempDirectory("pagecache-tls-");
            Path store = directory.resolve("keys.p12");
            try {
                makeCertificate(store);
                return context(store);
            } finally {
                Files.deleteIfExists(store);
                Files.delete(directory);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void makeCertificate(Path store) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, keytool.waitFor());
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    private FakeTcpServer tlsServer() throws IOException {
        return FakeTcpServer.start(
                CONTEXT.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                RedisTlsIT::pong);
    }

    private static void pong(Socket socket) throws IOException {
        byte[] request = new byte[1_000];
        while (socket.getInputStream().read(request) > 0) {
            socket.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void assertRefused(RedisRemoteStore store) {
        assertEquals(
                Kind.UNAVAILABLE,
                assertThrows(RemoteException.class, store::ping).kind());
    }

    @Test
    void ping_ofATrustedServer_isAnswered() throws IOException {
        try (FakeTcpServer server = tlsServer();
                RedisRemoteStore store = RedisRemoteStore.open(
                        server.options("localhost", LONG, RedisTls.of(CONTEXT::getSocketFactory)))) {
            store.ping();
            store.ping();
        }
    }

    @Test
    void ping_ofAServerWithAnotherName_isRefused() throws IOException {
        try (FakeTcpServer server = tlsServer();
                RedisRemoteStore store = RedisRemoteStore.open(
                        server.options("127.0.0.1", LONG, RedisTls.of(CONTEXT::getSocketFactory)))) {
            assertRefused(store);
        }
    }

    @Test
    void ping_ofAnUntrustedServer_isRefused() throws IOException {
        SSLSocketFactory ofTheJvm = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (FakeTcpServer server = tlsServer();
                RedisRemoteStore store =
                        RedisRemoteStore.open(server.options("localhost", LONG, RedisTls.of(() -> ofTheJvm)))) {
            assertRefused(store);
        }
    }

    @Test
    void ping_ofAPlainServer_neverFallsBackToPlainText() throws IOException {
        try (FakeTcpServer server = FakeTcpServer.start(RedisTlsIT::pong);
                RedisRemoteStore store = RedisRemoteStore.open(
                        server.options("localhost", LONG, RedisTls.of(CONTEXT::getSocketFactory)))) {
            assertRefused(store);
        }
    }

    @Test
    void ping_ofAServerThatNeverShakesHands_endsWithTheDeadline() throws IOException {
        try (FakeTcpServer server =
                        FakeTcpServer.start(socket -> socket.getInputStream().readAllBytes());
                RedisRemoteStore store = RedisRemoteStore.open(
                        server.options("localhost", Duration.ofMillis(200), RedisTls.of(CONTEXT::getSocketFactory)))) {
            assertRefused(store);
        }
    }
}
