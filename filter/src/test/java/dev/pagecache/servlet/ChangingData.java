package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** What pages show; whoever changes it has to revoke them. */
final class ChangingData {
    final AtomicInteger version = new AtomicInteger(1);

    /** A page that shows the data, and answers every other method by a lambda. */
    View page(View change) {
        return (request, response) -> {
            if (request.getMethod().equals("GET")) {
                show(response);
            } else {
                change.render(request, response);
            }
        };
    }

    void show(HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().write("version " + version);
    }

    void change() {
        version.incrementAndGet();
    }

    /** A site whose pages show the data and are changed by a lambda. */
    TestSite.Builder site(View change) {
        return TestSite.with()
                .param("query.ignore", "utm_*")
                .param("exclude", "/excluded/*")
                .page("/p", page(change))
                .page("/other", page(change))
                .page("/excluded/p", page(change));
    }

    static void assertStored(TestSite site, String target, String... fields) {
        site.getHit("version 1", target, fields);
    }

    void assertGone(TestSite site, String target, String... fields) {
        Reply reply = site.get(target, fields);
        assertFalse(reply.isHit(), reply::toString);
        assertEquals("version " + version, reply.text());
    }
}
