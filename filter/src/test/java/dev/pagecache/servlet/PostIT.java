package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to POST that are the page of their own URL (RFC 9110 section 9.3.3), over a socket. */
final class PostIT {
    private static final String STORED = "pagecache; fwd=method; stored";

    private static TestSite.Builder site(View view) {
        return TestSite.with().param("profile", "rfc9111").page("/p", view);
    }

    private static View fresh(String... more) {
        return (request, response) -> {
            response.setHeader("Content-Location", "/p");
            response.setHeader("Cache-Control", "max-age=60");
            for (int i = 0; i < more.length; i += 2) {
                response.setHeader(more[i], more[i + 1]);
            }
            View.numbered().render(request, response);
        };
    }

    private static View echo(View before) {
        return (request, response) -> {
            before.render(request, response);
            response.getWriter().write(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        };
    }

    private static Reply post(TestSite site, String target, String content, String... fields) {
        try (RawClient client = site.client()) {
            String[] all = new String[fields.length + 1];
            System.arraycopy(fields, 0, all, 1, fields.length);
            all[0] = "Content-Length: " + content.length();
            client.write(RawClient.head("POST", target, all) + content);
            return client.read("POST");
        }
    }

    @Test
    void post_ofItsOwnPage_answersLaterGets() {
        try (TestSite site = site(fresh()).start()) {
            site.get("/p");
            Reply post = post(site, "/p", "a=1");
            assertEquals(STORED, post.cacheStatus());
            assertEquals("render 2", post.text());
            Reply hit = site.getHit("render 2", "/p");
            assertEquals(post.one("ETag"), hit.one("ETag"));
            assertEquals(
                    304, site.get("/p", "If-None-Match: " + post.one("ETag")).status());
            assertEquals(STORED, post(site, "/p", "a=1").cacheStatus(), "no POST is answered from the store");
            site.getHit("render 3", "/p");
        }
    }

    @Test
    void post_inTheDefaultProfile_storesNothing() {
        try (TestSite site = TestSite.with().page("/p", fresh()).start()) {
            Reply post = post(site, "/p", "a=1");
            assertEquals("pagecache; fwd=method; detail=method", post.cacheStatus());
            assertFalse(site.get("/p").isHit());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"learned, false", "refuse, false", "declared, true"})
    void post_whoseContentIsRead_isStoredWhereOnlyVaryCounts(String inputs, boolean isStored) {
        try (TestSite site = site(echo(fresh())).param("inputs", inputs).start()) {
            Reply post = post(site, "/p", "abc");
            assertEquals("render 1abc", post.text());
            assertEquals(isStored ? STORED : "pagecache; fwd=method; detail=request-content", post.cacheStatus());
            assertEquals(isStored, site.get("/p").isHit());
        }
    }

    @Test
    void post_whoseFormIsRead_isNotStored() {
        View view = (request, response) -> {
            String value = request.getParameter("a");
            fresh().render(request, response);
            response.getWriter().write(value == null ? "-" : value);
        };
        try (TestSite site = site(view).param("inputs", "learned").start()) {
            Reply post = post(site, "/p", "a=secret", "Content-Type: application/x-www-form-urlencoded");
            assertEquals("render 1secret", post.text());
            assertEquals("pagecache; fwd=method; detail=request-content", post.cacheStatus());
            assertEquals("render 2-", site.get("/p").text());
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/other", "/p?x", "http://other.test/p", "//site.test:81/p", "/p#top", "/P", "/%70"})
    @DisplayName("RFC 9110 section 9.3.3: what is another resource's is not stored, and revokes")
    void post_ofAnotherPage_storesNothingAndRevokes(String location) {
        View view = (request, response) -> {
            boolean isPost = request.getMethod().equals("POST");
            fresh("Content-Location", isPost ? location : "/p").render(request, response);
        };
        try (TestSite site = site(view).start()) {
            site.getStoredThenHit("/p");
            Reply post = post(site, "/p", "");
            assertEquals("pagecache; fwd=method; detail=method", post.cacheStatus());
            assertEquals("render 3", site.get("/p").text());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            Cache-Control | no-store          | no-lifetime
            Cache-Control | max-age=60, private | private
            Cache-Control | max-age=60, no-store | no-store
            Cache-Control | max-age=0         | expired
            Cache-Control | max-age=x         | malformed-lifetime
            Cache-Control | public            | no-lifetime
            Vary          | *                 | vary-any
            """)
    void post_againstTheRulesOfStoring_isNotStored(String name, String value, String detail) {
        try (TestSite site = site(fresh(name, value)).start()) {
            Reply post = post(site, "/p", "");
            assertEquals("pagecache; fwd=method; detail=" + detail, post.cacheStatus());
        }
    }

    @Test
    @DisplayName("RFC 9110 section 13.1.2: the conditions of a POST are the application's")
    void post_withConditions_reachesTheApplication() {
        View view = (request, response) -> {
            fresh("ETag", "\"v\"").render(request, response);
            response.getWriter().write(" saw " + request.getHeader("If-None-Match"));
        };
        try (TestSite site = site(view).start()) {
            Reply post = post(site, "/p", "", "If-None-Match: \"v\"");
            assertEquals(200, post.status(), post::toString);
            assertEquals("render 1 saw \"v\"", post.text());
        }
    }

    @Test
    void post_asynchronous_isStoredBeforeItIsRead() {
        View view = (request, response) -> {
            AsyncContext context = request.startAsync();
            context.start(() -> {
                try {
                    fresh().render(request, (HttpServletResponse) context.getResponse());
                } catch (IOException | ServletException e) {
                    throw new IllegalStateException(e);
                }
                context.complete();
            });
        };
        try (TestSite site = site(view).start()) {
            Reply post = post(site, "/p", "");
            assertEquals(STORED, post.cacheStatus());
            site.getHit("render 1", "/p");
        }
    }

    @Test
    @DisplayName("RFC 9111 section 4.4: a page rendered from what was before is dead")
    void post_whileAPageIsRendered_killsThatAndKeepsItsOwn() {
        CountDownLatch isRendering = new CountDownLatch(1);
        CountDownLatch isPosted = new CountDownLatch(1);
        View view = (request, response) -> {
            if (request.getMethod().equals("GET")) {
                isRendering.countDown();
                Latches.await(isPosted);
            }
            fresh().render(request, response);
        };
        try (TestSite site = site(view).start()) {
            FutureTask<Reply> get = Latches.start(() -> site.get("/p"));
            Latches.await(isRendering);
            Reply post = post(site, "/p", "");
            assertEquals(STORED, post.cacheStatus());
            isPosted.countDown();
            assertTrue(Latches.get(get).cacheStatus().contains("revoked"));
            site.getHit(post.text(), "/p");
        }
    }

    @Test
    void post_overtakenByAnotherChange_isNotStored() {
        CountDownLatch isPosting = new CountDownLatch(1);
        CountDownLatch isChanged = new CountDownLatch(1);
        View view = (request, response) -> {
            if (request.getMethod().equals("POST")) {
                isPosting.countDown();
                Latches.await(isChanged);
            }
            fresh().render(request, response);
        };
        try (TestSite site = site(view).start()) {
            FutureTask<Reply> post = Latches.start(() -> post(site, "/p", ""));
            Latches.await(isPosting);
            assertEquals(200, site.send("PUT", "/p", "Content-Length: 0").status());
            isChanged.countDown();
            assertEquals(
                    "pagecache; fwd=method; detail=revoked", Latches.get(post).cacheStatus());
            assertFalse(site.get("/p").isHit());
        }
    }
}
