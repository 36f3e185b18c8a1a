package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache among other filters and dispatches: nothing slips past a guard, nothing is stored in another's name. */
final class SecurityFilterIT {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void guard_nearerToClientOrServlet_keepsAnonymousOut(boolean isOuter) {
        Filter guard = (request, response, chain) -> {
            if (((HttpServletRequest) request).getHeader("X-Token") == null) {
                ((HttpServletResponse) response).sendError(401);
            } else {
                chain.doFilter(request, response);
            }
        };
        TestSite.Builder builder = TestSite.with().page("/p", View.text("secret"));
        try (TestSite site = (isOuter ? builder.before(guard) : builder.after(guard)).start()) {
            assertEquals(401, site.get("/p").status());
            assertEquals("secret", site.get("/p", "X-Token: 1").text());
            for (String method : new String[] {"GET", "HEAD", "GET"}) {
                assertEquals(401, site.send(method, "/p").status());
            }
            assertEquals("secret", site.get("/p", "X-Token: 1").text());
            assertFalse(site.get("/p").text().contains("secret"));
        }
    }

    @Test
    void cookieOfInnerFilter_addedAfterTheServlet_isSeen() {
        Filter cookies = (request, response, chain) -> {
            chain.doFilter(request, response);
            ((HttpServletResponse) response).addHeader("Set-Cookie", "a=1");
        };
        try (TestSite site =
                TestSite.with().after(cookies).page("/p", View.numbered()).start()) {
            assertTrue(site.getNeverStored("/p").has("Set-Cookie"));
        }
    }

    /** What an outer filter adds belongs to the one answer, as with every filter in front of a cache. */
    @Test
    void fieldsOfOuterFilter_addedPerRequest_areNotStored() {
        Filter numbers = (request, response, chain) -> {
            ((HttpServletResponse) response).setHeader("X-Request", ((HttpServletRequest) request).getHeader("X-Id"));
            chain.doFilter(request, response);
        };
        try (TestSite site =
                TestSite.with().before(numbers).page("/p", View.numbered()).start()) {
            assertEquals("one", site.get("/p", "X-Id: one").one("X-Request"));
            Reply hit = site.getHit("render 1", "/p", "X-Id: two");
            assertEquals("two", hit.one("X-Request"));
        }
    }

    @Test
    void cookieOfOuterFilter_setBefore_isNotReplayed() {
        Filter cookies = (request, response, chain) -> {
            String id = ((HttpServletRequest) request).getHeader("X-Id");
            ((HttpServletResponse) response).addHeader("Set-Cookie", "id=" + id);
            chain.doFilter(request, response);
        };
        try (TestSite site =
                TestSite.with().before(cookies).page("/p", View.numbered()).start()) {
            assertEquals("id=one", site.get("/p", "X-Id: one").one("Set-Cookie"));
            assertEquals("id=two", site.get("/p", "X-Id: two").one("Set-Cookie"));
        }
    }

    /** A page written past the capture must not be stored as an empty one. */
    @ParameterizedTest
    @ValueSource(strings = {"stream", "writer", "both"})
    void output_pastTheCapture_isNeverLost(String way) {
        View view = (request, response) -> {
            ServletResponse inner = response;
            while (inner instanceof ServletResponseWrapper wrapper) {
                inner = wrapper.getResponse();
            }
            if (way.equals("writer")) {
                inner.getWriter().write("page");
            } else {
                inner.getOutputStream().print("page");
            }
            if (way.equals("both")) {
                inner.flushBuffer();
            }
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            for (int i = 0; i < 3; i++) {
                Reply reply = site.get("/p");
                assertEquals("page", reply.text());
                assertEquals(200, reply.status());
            }
        }
    }

    @Test
    void output_ofOuterFilterBeforeThePage_isNotCutOff() {
        Filter banner = (request, response, chain) -> {
            response.getWriter().write("banner ");
            chain.doFilter(request, response);
        };
        try (TestSite site =
                TestSite.with().before(banner).page("/p", View.text("page")).start()) {
            for (int i = 0; i < 3; i++) {
                assertEquals("banner page", site.get("/p").text());
            }
        }
    }

    @Test
    void wrapperOfInnerFilter_thatChangesTheBody_isWhatIsStored() {
        Filter shout = new ShoutingFilter();
        try (TestSite site =
                TestSite.with().after(shout).page("/p", View.text("quiet")).start()) {
            assertEquals("QUIET", site.get("/p").text());
            site.getHit("QUIET", "/p");
        }
    }

    @Test
    void wrapperOfOuterFilter_thatChangesTheBody_worksOnHitsToo() {
        Filter shout = new ShoutingFilter();
        try (TestSite site =
                TestSite.with().before(shout).page("/p", View.text("quiet")).start()) {
            for (int i = 0; i < 3; i++) {
                assertEquals("QUIET", site.get("/p").text());
            }
            assertEquals(1, site.renders("/p"));
        }
    }

    @Test
    void filter_declaredTwice_actsOnce() {
        try (TestSite site = TestSite.with()
                .after(new PageCacheFilter())
                .page("/p", View.numbered())
                .start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertEquals(1, hit.values("Cache-Status").size(), hit::toString);
            assertEquals(1, hit.values("Age").size(), hit::toString);
        }
    }

    @Test
    void fragment_includedOrForwardedTo_isNotStoredAsAPage() {
        TestSite.Builder builder = TestSite.with()
                .page("/including", (request, response) -> {
                    response.getWriter().write("around ");
                    request.getRequestDispatcher("/target").include(request, response);
                })
                .page(
                        "/forwarding",
                        (request, response) ->
                                request.getRequestDispatcher("/target").forward(request, response))
                .page("/target", (request, response) -> response.getWriter().write("target"))
                .dispatchers(
                        DispatcherType.REQUEST,
                        DispatcherType.FORWARD,
                        DispatcherType.INCLUDE,
                        DispatcherType.ERROR,
                        DispatcherType.ASYNC);
        try (TestSite site = builder.start()) {
            assertEquals("around target", site.getStoredThenHit("/including").text());
            assertEquals("target", site.getStoredThenHit("/forwarding").text());
            assertEquals(2, site.renders("/target"));
            assertEquals("pagecache; fwd=uri-miss; stored", site.get("/target").one("Cache-Status"));
            assertEquals(3, site.renders("/target"));
        }
    }

    /** A container may empty its own buffer at a forward and tell nobody. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forward_byTheContextsDispatcher_dropsWhatWasWritten(boolean isCached) {
        TestSite.Builder builder = TestSite.with()
                .page("/p", (request, response) -> {
                    response.getWriter().write("dropped");
                    request.getServletContext().getRequestDispatcher("/target").forward(request, response);
                })
                .page("/target", View.text("target"))
                .dispatchers(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC);
        try (TestSite site = isCached ? builder.start() : builder.startPlain()) {
            assertEquals("target", site.get("/p").text());
            assertEquals("target", site.get("/p").text());
        }
    }

    @Test
    void errorPage_ofAnErrorDispatch_isNotStored() {
        TestSite.Builder builder = TestSite.with()
                .page("/p", (request, response) -> response.sendError(404))
                .page("/error", View.numbered())
                .errorPage(404, "/error")
                .dispatchers(DispatcherType.REQUEST, DispatcherType.ERROR);
        try (TestSite site = builder.start()) {
            assertEquals("render 1", site.get("/p").text());
            Reply second = site.get("/p");
            assertEquals("render 2", second.text());
            assertEquals(404, second.status());
        }
    }

    /** Turns what goes through it into capitals. */
    private static final class ShoutingFilter implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                @Override
                public ServletOutputStream getOutputStream() throws IOException {
                    return new Shouting(super.getOutputStream());
                }

                @Override
                public PrintWriter getWriter() throws IOException {
                    return new PrintWriter(super.getWriter()) {
                        @Override
                        public void write(String text, int from, int length) {
                            super.write(text.toUpperCase(Locale.ROOT), from, length);
                        }

                        @Override
                        public void write(char[] text, int from, int length) {
                            write(new String(text, from, length), 0, length);
                        }

                        @Override
                        public void write(int c) {
                            super.write(Character.toUpperCase(c));
                        }
                    };
                }
            });
        }
    }

    private static final class Shouting extends ServletOutputStream {
        private final ServletOutputStream out;

        Shouting(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(Character.toUpperCase(b));
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
