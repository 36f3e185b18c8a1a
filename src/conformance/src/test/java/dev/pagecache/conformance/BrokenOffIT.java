package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that the origin does not end: never stored, and no client takes them for whole (RFC 9111 section 3.3). */
final class BrokenOffIT {
    /** More than is held back until the end is known. */
    private static final String HALF = "x".repeat(200_000);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
                    shorter than its length  ; Content-Length: 400000     ; ''
                    a chunk broken off       ; Transfer-Encoding: chunked ; 61a80
                    no last chunk            ; Transfer-Encoding: chunked ; 30d40
                    """)
    void body_brokenOffAfterItsBegin_isNotStoredAndBreaksTowardsTheClient(String row, String field, String size) {
        String head = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";
        String whole = OriginServer.answer("200 OK", "whole", "Cache-Control: max-age=60");
        String half = head + field + "\r\n\r\n" + (size.isEmpty() ? "" : size + "\r\n") + HALF;
        OriginServer origin = OriginServer.answering(half, half, whole);
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p");
                assertEquals(200, reply.status());
                assertFalse(reply.isComplete(), row);
                assertFalse(reply.isHit(), reply.lines()::toString);
            }
            assertEquals("whole", site.get("/p").text());
            assertEquals("whole", site.getHitSoon("/p").text());
        }
    }

    /** Here the origin's end is a reset, which must not be taken for the end of a body without a length. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void body_toTheEndOfAConnectionThatIsReset_isNotStored(boolean isLarge) {
        String head = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n\r\n";
        OriginServer origin = OriginServer.start((number, request, wire) -> {
            wire.send(head + (isLarge ? HALF : "half"));
            wire.reset();
        });
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            Reply reply = site.getNeverStored("/p");
            assertTrue(reply.status() == 502 || !reply.isComplete(), reply.lines()::toString);
        }
    }
}
