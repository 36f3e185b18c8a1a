package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway must hand on, seen with the cache between it and the client (RFC 9110 section 7.6). */
final class GatewayIT {
    @Test
    void response_pastTheCache_hasTheOriginsFieldsAndNoOther() {
        OriginServer origin = OriginServer.answering(OriginServer.answer(
                "200 Fine", "body", "X-b: 2", "x-A: 1", "X-b: 3", "Date: Sun, 06 Nov 1994 08:49:37 GMT", "X-Empty: "));
        try (GatewaySite site = GatewaySite.conforming(origin, "cacheStatus", "off")) {
            Reply reply = site.send("POST", "/p");
            assertEquals(200, reply.status());
            assertEquals(
                    List.of(
                            "X-b: 2",
                            "x-A: 1",
                            "X-b: 3",
                            "Date: Sun, 06 Nov 1994 08:49:37 GMT",
                            "X-Empty: ",
                            "Content-Length: 4"),
                    reply.lines().subList(1, reply.lines().size()));
            assertEquals("body", reply.text());
        }
    }

    /** The container itself gives the names that it knows in its own letter case. */
    @Test
    void request_fields_arriveInTheirLetterCaseWithoutThoseOfTheConnection() {
        OriginServer origin = OriginServer.answering(OriginServer.answer("200 OK", ""));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            site.send(
                    "POST",
                    "/a%20b;c?q=%41&&r",
                    "x-lower: 1",
                    "X-UPPER: 2",
                    "x-lower: 3",
                    "Accept: text/html",
                    "Connection: keep-alive, X-Hop",
                    "X-Hop: 1",
                    "Keep-Alive: x",
                    "TE: trailers",
                    "Proxy-Connection: x");
            OriginRequest request = origin.requests().get(0);
            assertEquals("POST /a%20b;c?q=%41&&r HTTP/1.1", request.requestLine());
            assertEquals(
                    List.of(
                            "Host: site.test",
                            "x-lower: 1",
                            "x-lower: 3",
                            "X-UPPER: 2",
                            "Accept: text/html",
                            "Connection: close"),
                    request.fields());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "M-SEARCH", "QUERY", "FOO"})
    void request_ofAnyMethod_isHandedOnWithItsBody(String method) {
        OriginServer origin = OriginServer.answering(OriginServer.answer("200 OK", "answer"));
        try (GatewaySite site = GatewaySite.conforming(origin);
                WireClient client = site.client()) {
            client.send(WireClient.head(method, "/p", "Content-Length: 4") + "data");
            assertEquals("answer", client.read(method).text());
            client.send(
                    WireClient.head(method, "/p", "Transfer-Encoding: chunked") + "2\r\nda\r\n2\r\nta\r\n0\r\n\r\n");
            assertEquals("answer", client.read(method).text());
            for (OriginRequest request : origin.requests()) {
                assertEquals(method + " /p HTTP/1.1", request.requestLine());
                assertEquals("data", request.text());
            }
            assertEquals(List.of("4"), origin.requests().get(0).values("Content-Length"));
            assertEquals(List.of("chunked"), origin.requests().get(1).values("Transfer-Encoding"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
                    by length       ; Content-Length: 3          ; abc
                    chunked         ; Transfer-Encoding: chunked ; 1|a|2|bc|0||
                    to the end      ; X: y                       ; abc
                    """)
    void response_framedInAnyWay_isWholeAndStored(String row, String field, String wire) {
        OriginServer origin = OriginServer.answering(
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n" + field + "\r\n\r\n" + wire.replace("|", "\r\n"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            assertEquals("abc", site.getStoredThenHit("/p").text());
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200 OK", "HEAD, 404 Not Found", "PUT, 204 No Content", "PUT, 304 Not Modified"})
    void response_withoutContent_leavesTheConnectionInOrder(String method, String status) {
        OriginServer origin = OriginServer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 7\r\nX: y\r\n\r\n");
        try (GatewaySite site = GatewaySite.conforming(origin);
                WireClient client = site.client()) {
            client.send(WireClient.head(method, "/p") + WireClient.head(method, "/p"));
            for (int i = 0; i < 2; i++) {
                Reply reply = client.read(method);
                assertTrue(reply.lines().get(0).contains(status.substring(0, 3)), reply::toString);
                assertEquals(List.of("y"), reply.values("X"));
                assertEquals(status.startsWith("204") ? List.of() : List.of("7"), reply.values("Content-Length"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nX: y\r\n",
                "HTTP/1.1 xxx OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n"
            })
    void response_thatCannotBeUnderstood_is502(String raw) {
        OriginServer origin = OriginServer.answering(raw);
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            assertEquals(502, site.getNeverStored("/p").status());
        }
    }

    @Test
    void response_ofAnOriginThatIsAway_is502() {
        OriginServer origin = OriginServer.answering("");
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            origin.close();
            assertEquals(502, site.get("/p").status());
        }
    }

    /** The page is small, so that nothing of it was sent when the origin went. */
    @Test
    void response_brokenOffBeforeAnythingIsSent_is502WithoutTheOriginsFields() {
        OriginServer origin = OriginServer.answering(
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nX-Origin: y\r\nContent-Length: 10\r\n\r\nhalf");
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            Reply reply = site.getNeverStored("/p");
            assertEquals(502, reply.status());
            assertEquals(List.of(), reply.values("X-Origin"));
            assertFalse(reply.text().contains("half"));
        }
    }
}
