package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS to real servers, with stores of its own. */
class RedisTlsServerIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final TestCertificates certificates = TestCertificates.make();
    private static final Path trustStore = certificates.trustStore();
    private static final Path clientStore = certificates.clientStore();

    @AfterAll
    static void removeCertificates() {
        certificates.close();
    }

    /** A server with its port for TLS. */
    private record TlsServer(RedisTestServer plain, int port) implements AutoCloseable {
        static TlsServer start(String alias, String authClients, String... more) {
            int port = RedisTestServer.freeLoopbackPort(0);
            List<String> options = new ArrayList<>(certificates.serverOptions(port, alias, authClients));
            options.addAll(List.of(more));
            return new TlsServer(RedisTestServer.start(options.toArray(String[]::new)), port);
        }

        RedisAddress at(String host) {
            return new RedisAddress(host, port);
        }

        @Override
        public void close() {
            plain.close();
        }
    }

    private static RedisTls tls(boolean isTrusting, boolean isKnown) {
        return RedisTls.of(
                isTrusting ? RedisTls.Store.read(trustStore, TestCertificates.PASSWORD) : null,
                isKnown ? RedisTls.Store.read(clientStore, TestCertificates.PASSWORD) : null);
    }

    private static RedisRemoteStore open(RedisAddress address, @Nullable RedisTls tls) {
        return open(address, tls, LONG);
    }

    private static RedisRemoteStore open(RedisAddress address, @Nullable RedisTls tls, Duration timeout) {
        return RedisRemoteStore.open(
                TestOptions.of(new RedisTopology.Single(address, RedisLogin.NONE), tls, timeout, 2, ""));
    }

    private static void assertServes(RedisRemoteStore store) {
        byte[] value = "x".getBytes(StandardCharsets.UTF_8);
        store.put("{a}", value, MINUTE);
        assertArrayEquals(value, store.get("{a}", 10));
    }

    private static void assertRefused(RedisRemoteStore store) {
        assertEquals(
                Kind.UNAVAILABLE,
                assertThrows(RemoteException.class, store::ping).kind());
    }

    @Test
    void server_trusted_serves() {
        try (TlsServer server = TlsServer.start("localhost", "no");
                RedisRemoteStore store = open(server.at("localhost"), tls(true, false))) {
            assertServes(store);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another name asked for, localhost, 127.0.0.1, true",
        "another name in it,     wrong,     localhost, true",
        "its time is over,       expired,   localhost, true",
        "an unknown authority,   localhost, localhost, false"
    })
    void certificate_thatDoesNotFit_isRefused(String name, String alias, String host, boolean isTrusting) {
        try (TlsServer server = TlsServer.start(alias, "no");
                RedisRemoteStore store = open(server.at(host), tls(isTrusting, false))) {
            assertRefused(store);
        }
    }

    @Test
    void server_thatAsksForACertificate_takesOursOnly() {
        try (TlsServer server = TlsServer.start("localhost", "yes");
                RedisRemoteStore unknown = open(server.at("localhost"), tls(true, false));
                RedisRemoteStore known = open(server.at("localhost"), tls(true, true))) {
            assertRefused(unknown);
            assertServes(known);
        }
    }

    @Test
    void tls_mixedWithPlainText_isRefused() {
        try (TlsServer server = TlsServer.start("localhost", "no");
                RedisRemoteStore plainToTls = open(server.at("127.0.0.1"), null, SECOND);
                RedisRemoteStore tlsToPlain =
                        open(new RedisAddress("localhost", server.plain.port()), tls(true, false), SECOND)) {
            assertRefused(plainToTls);
            assertRefused(tlsToPlain);
        }
    }

    /** The seed is named as in the certificate; what it announces must be, too. */
    @ParameterizedTest(name = "announced: {0}")
    @CsvSource({"'', true", "localhost, true", "127.0.0.1, false"})
    void cluster_announcingAName_isCheckedByIt(String announced, boolean isServed) {
        try (TlsServer server = TlsServer.start(
                "localhost",
                "no",
                "--cluster-enabled",
                "yes",
                "--tls-cluster",
                "yes",
                "--cluster-announce-ip",
                announced)) {
            List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = 0; slot < SlotRanges.SLOTS; slot++) {
                command.add(Integer.toString(slot));
            }
            server.plain.exec(command.toArray(String[]::new));
            Poll.until("it is well", () -> server.plain.clusterInfo().contains("cluster_state:ok"));
            RedisTopology topology = new RedisTopology.Cluster(List.of(server.at("localhost")), RedisLogin.NONE);
            try (RedisRemoteStore store =
                    RedisRemoteStore.open(TestOptions.of(topology, tls(true, false), LONG, 2, ""))) {
                if (isServed) {
                    assertServes(store);
                } else {
                    assertThrows(RemoteException.class, () -> store.get("{a}", 10));
                }
            }
        }
    }

    @Test
    void store_thatCannotBeRead_isRefusedWithAReason() throws IOException {
        Path garbage = Files.createTempFile("pagecache-", ".p12");
        try {
            Files.writeString(garbage, "no store");
            assertReason("no PKCS12 file", garbage, TestCertificates.PASSWORD);
            assertReason("no file that can be read", Path.of("no-such-file.p12"), null);
            assertReason("no PKCS12 file, or its password", trustStore, "another-s3cret");
            assertFalse(RedisTls.Store.read(trustStore, TestCertificates.PASSWORD)
                    .toString()
                    .contains(TestCertificates.PASSWORD));
        } finally {
            Files.delete(garbage);
        }
    }

    private static void assertReason(String reason, Path file, @Nullable String password) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> RedisTls.Store.read(file, password));
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains(reason), message);
        assertFalse(message.contains("s3cret"), message);
    }
}
