package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interim responses pass through at once and leave no trace (RFC 9110 section 15.2, RFC 8297). */
final class InterimIT {
    private static final String HINTS =
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nX-Hint: 1\r\nLink: </b.css>; rel=preload\r\n\r\n";
    private static final String PAGE = OriginServer.answer("200 OK", "page", "Cache-Control: max-age=60", "X-Final: 1");

    /** The origin does not go on before the client has the interim response. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void earlyHints_reachTheClientBeforeTheOriginGoesOn(String method) {
        CountDownLatch isReceived = new CountDownLatch(1);
        OriginServer origin = OriginServer.start((number, request, wire) -> {
            wire.send(HINTS);
            await(isReceived);
            wire.send(PAGE);
        });
        try (GatewaySite site = GatewaySite.conforming(origin);
                WireClient client = site.client()) {
            client.send(WireClient.head(method, "/p"));
            List<String> hints = client.readHead();
            isReceived.countDown();
            assertTrue(hints.get(0).startsWith("HTTP/1.1 103"), hints::toString);
            assertEquals(
                    List.of("Link: </a.css>; rel=preload", "X-Hint: 1", "Link: </b.css>; rel=preload"),
                    hints.subList(1, hints.size()));
            Reply reply = client.read(method);
            assertEquals("page", reply.text());
            assertTraceless(reply);
        }
    }

    @Test
    void interimResponses_areNotPartOfTheStoredPage() {
        OriginServer origin = OriginServer.answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + HINTS + HINTS + PAGE);
        try (GatewaySite site = GatewaySite.conforming(origin);
                WireClient client = site.client()) {
            client.send(WireClient.head("GET", "/p"));
            Reply miss = client.read("GET");
            assertEquals(
                    List.of("102", "103", "103"),
                    miss.interim().stream()
                            .map(lines -> lines.get(0).substring(9, 12))
                            .toList());
            assertEquals(1, miss.interim().get(0).size());
            assertEquals(miss.interim().get(1), miss.interim().get(2));
            assertTraceless(miss);
            assertTrue(miss.saysStored(), miss::toString);
            Reply hit = site.get("/p");
            assertTrue(hit.isHit(), hit::toString);
            assertEquals(List.of(), hit.interim());
            assertTraceless(hit);
        }
    }

    /** RFC 9110 section 15.2: a client of HTTP/1.0 gets none. */
    @Test
    void interimResponses_forAClientOfHttp10_areDropped() {
        OriginServer origin = OriginServer.answering(HINTS + PAGE);
        try (GatewaySite site = GatewaySite.conforming(origin);
                WireClient client = site.client()) {
            client.send("GET /p HTTP/1.0\r\nHost: site.test\r\n\r\n");
            Reply reply = client.read("GET");
            assertEquals(List.of(), reply.interim());
            assertEquals("page", reply.text());
        }
    }

    private static void assertTraceless(Reply reply) {
        assertEquals(List.of(), reply.values("Link"), reply::toString);
        assertEquals(List.of(), reply.values("X-Hint"), reply::toString);
        assertEquals("1", reply.one("X-Final"));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the client did not get the interim response");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
