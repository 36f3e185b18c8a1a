package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests within requests (T16; VSV00007): what the container makes of them is its own affair, and no page is kept
 * under the name of another request than the one it was made for.
 */
@ParameterizedClass
@MethodSource("stages")
final class SmugglingIT {
    private static final String SMUGGLED = "GET /p/smuggled HTTP/1.1\r\nHost: site.test\r\nX-Evil: evil\r\n\r\n";

    private final Stage stage;

    SmugglingIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(() -> TestSite.with()
                .page(
                        "/p/*",
                        (request, response) -> response.getWriter()
                                .write(request.getMethod() + " " + request.getPathInfo() + " "
                                        + request.getHeader("X-Evil"))));
    }

    /** Bodies and framings under which a part of the request could be taken for the next one. */
    static List<String> attacks() {
        int length = SMUGGLED.length();
        String chunked = Integer.toHexString(length) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n";
        return List.of(
                RawClient.head("GET", "{t}", "Content-Length: " + length) + SMUGGLED,
                RawClient.head("GET", "{t}", "Transfer-Encoding: chunked") + chunked,
                RawClient.head("GET", "{t}", "Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n"
                        + SMUGGLED,
                RawClient.head("GET", "{t}", "Transfer-Encoding: chunked", "Content-Length: " + (length + 5))
                        + "0\r\n\r\n" + SMUGGLED,
                RawClient.head("GET", "{t}", "Content-Length: 0", "Content-Length: " + length) + SMUGGLED,
                RawClient.head("GET", "{t}", "Content-Length: 0, " + length) + SMUGGLED,
                RawClient.head("GET", "{t}", "Content-Length: +" + length) + SMUGGLED,
                RawClient.head("GET", "{t}", "Content-Length: 0x" + Integer.toHexString(length)) + SMUGGLED,
                RawClient.head("GET", "{t}", "Content-Length : " + length) + SMUGGLED,
                RawClient.head("GET", "{t}", "Transfer-Encoding: xchunked") + chunked,
                RawClient.head("GET", "{t}", "Transfer-Encoding: identity", "Content-Length: " + length) + SMUGGLED,
                RawClient.head("GET", "{t}", "Transfer-Encoding:\tchunked") + chunked,
                RawClient.head("GET", "{t}", "Transfer-Encoding: chunked, identity") + chunked,
                RawClient.head("GET", "{t}", "Transfer-Encoding: gzip, chunked") + chunked,
                RawClient.head("GET", "{t}", "Transfer-Encoding: chunked", "Transfer-Encoding: x") + chunked,
                RawClient.head("GET", "{t}", "Transfer_Encoding: chunked") + chunked,
                RawClient.head("GET", "{t}", "X-A: b\rContent-Length: " + length) + SMUGGLED,
                RawClient.head("GET", "{t}", "X-A: b\nContent-Length: " + length) + SMUGGLED,
                RawClient.head("GET", "{t}", "X-A: b\u0000\r\n Content-Length: " + length) + SMUGGLED,
                RawClient.head("HEAD", "{t}", "Content-Length: " + length) + SMUGGLED,
                RawClient.head("POST", "{t}", "Content-Length: " + length) + SMUGGLED,
                RawClient.head("POST", "{t}", "Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n"
                        + SMUGGLED,
                RawClient.head("OPTIONS", "{t}", "Content-Length: " + length) + SMUGGLED,
                RawClient.head(
                                "GET",
                                "{t}",
                                "Upgrade: h2c",
                                "Connection: Upgrade, HTTP2-Settings",
                                "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")
                        + SMUGGLED,
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + SMUGGLED,
                "GET {t} HTTP/1.1\r\nHost: site.test\r\nX-A: " + "a".repeat(7_000) + "\r\n\r\n" + SMUGGLED,
                "GET {t} HTTP/1.1\r\nHost: site.test\r\n\r\nGET {t}2 HTTP/1.1\r\nHost: site.test\r\n\r\n" + SMUGGLED,
                "GET {t} HTTP/1.1\r\nHost: site.test\r\nContent-Length: 999999\r\n\r\n" + SMUGGLED,
                "GET {t}\rHTTP/1.1\r\nHost: site.test\r\n\r\n" + SMUGGLED,
                "GET {t} HTTP/1.0\r\nHost: site.test\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked);
    }

    static IntStream numbers() {
        return IntStream.range(0, attacks().size());
    }

    /** On a page that is not kept yet, and on one that is. */
    @ParameterizedTest
    @MethodSource("numbers")
    void attack_onTheFraming_leavesEachPageItsName(int number) {
        String target = "/p/attack" + number;
        String attack = attacks().get(number).replace("{t}", target);
        for (int i = 0; i < 2; i++) {
            Reply answer = stage.raw(attack);
            assertTrue(answer == null || !answer.text().contains("evil"), () -> "" + answer);
            assertEquals("GET /attack" + number + " null", stage.get(target).text());
            assertFalse(stage.get("/p/smuggled").text().contains("evil"));
            assertFalse(stage.get("/p/attack" + number + "2").text().contains("evil"));
            assertEquals("GET /attack" + number + " null", stage.warm(target).text());
        }
    }

    /** Answers come in the order of their requests, from the store and from the page. */
    @Test
    void requests_inOnePacket_areAnsweredInOrder() {
        stage.warm("/p/b");
        try (RawClient client = stage.site().client()) {
            StringBuilder packet = new StringBuilder();
            List<String> names = List.of("a", "b", "a", "c", "b", "b", "d", "a");
            names.forEach(name -> packet.append(RawClient.head("GET", "/p/" + name, "X-Evil: " + name)));
            client.write(packet.toString());
            for (String name : names) {
                assertEquals("GET /" + name + " " + name, client.read("GET").text());
            }
        }
    }
}
