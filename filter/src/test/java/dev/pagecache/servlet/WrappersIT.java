package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrappers of filters outside that override one method of several which belong together. */
final class WrappersIT {

    /** A wrapper that overrides one method, and what the page reads. */
    private record Partial(
            BiFunction<HttpServletRequest, String, HttpServletRequest> wrapper,
            Function<HttpServletRequest, @Nullable Object> read) {}

    private static Map<String, Partial> partials() {
        Map<String, Partial> partials = new LinkedHashMap<>();
        partials.put("header", new Partial(WrappersIT::header, request -> request.getHeader("X-Tenant")));
        partials.put(
                "headers",
                new Partial(WrappersIT::headers, request -> Collections.list(request.getHeaders("X-Tenant"))));
        partials.put("number", new Partial(WrappersIT::number, request -> request.getIntHeader("X-Tenant")));
        partials.put("date", new Partial(WrappersIT::date, request -> request.getDateHeader("X-Tenant")));
        partials.put("parameter", new Partial(WrappersIT::parameter, request -> request.getParameter("tenant")));
        partials.put(
                "parameter values",
                new Partial(
                        WrappersIT::parameterValues, request -> Arrays.toString(request.getParameterValues("tenant"))));
        partials.put("query", new Partial(WrappersIT::query, request -> request.getParameter("tenant")));
        partials.put("URL", new Partial(WrappersIT::url, HttpServletRequest::getRequestURL));
        partials.put("attribute", new Partial(WrappersIT::attribute, request -> request.getAttribute("tenant")));
        return partials;
    }

    private static HttpServletRequest header(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public @Nullable String getHeader(String name) {
                return name.equalsIgnoreCase("X-Tenant") ? tenant : super.getHeader(name);
            }
        };
    }

    private static HttpServletRequest headers(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public Enumeration<String> getHeaders(String name) {
                return name.equalsIgnoreCase("X-Tenant")
                        ? Collections.enumeration(List.of(tenant))
                        : super.getHeaders(name);
            }
        };
    }

    private static HttpServletRequest number(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public int getIntHeader(String name) {
                return tenant.charAt(0);
            }
        };
    }

    private static HttpServletRequest date(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public long getDateHeader(String name) {
                return tenant.charAt(0);
            }
        };
    }

    private static HttpServletRequest parameter(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public String getParameter(String name) {
                return tenant;
            }
        };
    }

    private static HttpServletRequest parameterValues(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public String[] getParameterValues(String name) {
                return new String[] {tenant};
            }
        };
    }

    /** Takes away what the key is made of, and leaves the parameters as they are. */
    private static HttpServletRequest query(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public @Nullable String getQueryString() {
                return null;
            }
        };
    }

    private static HttpServletRequest url(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public StringBuffer getRequestURL() {
                return new StringBuffer("http://" + tenant + "/p");
            }
        };
    }

    private static HttpServletRequest attribute(HttpServletRequest below, String tenant) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public @Nullable Object getAttribute(String name) {
                return name.equals("tenant") ? tenant : super.getAttribute(name);
            }
        };
    }

    private static List<String> partialNames() {
        return List.copyOf(partials().keySet());
    }

    @ParameterizedTest
    @MethodSource("partialNames")
    void method_thatAWrapperOverridesAlone_neverReachesARequestThatItAnswersOtherwise(String name) {
        Partial partial = Objects.requireNonNull(partials().get(name));
        Filter outside = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            String tenant = http.getHeader("X-From");
            chain.doFilter(partial.wrapper().apply(http, tenant), response);
        };
        View view = View.numberedAfter(
                (request, response) -> response.getWriter().write(partial.read().apply(request) + " "));
        try (TestSite site = TestSite.with().before(outside).page("/p", view).start()) {
            String first = said(site, name, "a");
            String other = said(site, name, "b");
            assertFalse(first.equals(other), other);
            assertEquals(first, said(site, name, "a"));
            assertEquals(other, said(site, name, "b"));
        }
    }

    private static String said(TestSite site, String name, String tenant) {
        String target = name.equals("query") ? "/p?tenant=" + tenant : "/p";
        String text = site.get(target, "X-From: " + tenant).text();
        int end = text.indexOf(" render ");
        assertTrue(end >= 0, text);
        return text.substring(0, end);
    }

    private static HttpServletRequest remoteUser(HttpServletRequest below, @Nullable String user) {
        return new HttpServletRequestWrapper(below) {
            @Override
            public @Nullable String getRemoteUser() {
                return user;
            }
        };
    }

    @Test
    void user_whoHasANameOnly_neverSharesThePageOfAnotherThoughNoneAsked() {
        Filter outside = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            chain.doFilter(remoteUser(http, http.getHeader("X-User")), response);
        };
        View view = View.numberedAfter((request, response) -> {});
        try (TestSite site = TestSite.with().before(outside).page("/p", view).start()) {
            site.getStoredThenHit("/p");
            site.getNeverStored("/p", "X-User: a");
            site.getHit("render 1", "/p");
        }
    }

    /** The user is known to the thread of the request only, or no more after a logout past the view. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void user_whoIsGoneWhenThePageIsWritten_leavesItToNobody(boolean isAsync) {
        AtomicReference<@Nullable String> user = new AtomicReference<>();
        Filter outside = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            user.set(http.getHeader("X-User"));
            chain.doFilter(
                    new HttpServletRequestWrapper(http) {
                        @Override
                        public @Nullable String getRemoteUser() {
                            return user.get();
                        }
                    },
                    response);
        };
        View view = (request, response) -> {
            String seen = user.get() + " ";
            if (!isAsync) {
                user.set(null);
                response.getWriter().write(seen);
                return;
            }
            AsyncContext context = request.startAsync();
            context.start(() -> {
                user.set(null);
                try {
                    response.getWriter().write(seen);
                    context.complete();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        };
        try (TestSite site = TestSite.with().before(outside).page("/p", view).start()) {
            assertEquals("a ", site.get("/p", "X-User: a").text());
            assertEquals("null ", site.get("/p").text());
        }
    }

    @Test
    void name_thatIsNull_isAskedForAsWithoutTheCache() {
        View view = View.numberedAfter((request, response) -> {
            String none = System.getProperty("dev.pagecache.no.such.property");
            response.getWriter().write(request.getParameter(none) + " " + request.isUserInRole(none) + " ");
        });
        try (TestSite plain = TestSite.with().page("/p", view).startPlain();
                TestSite site = TestSite.with().page("/p", view).start()) {
            Reply without = plain.get("/p");
            assertEquals(without.status(), site.get("/p").status());
            assertEquals(without.text(), site.get("/p").text());
        }
    }

    /** A fact that cannot be told makes the page another one, and breaks none. */
    @Test
    void fact_thatThrows_breaksNoPage() {
        Filter outside = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            boolean isBroken = http.getHeader("X-Broken") != null;
            chain.doFilter(
                    new HttpServletRequestWrapper(http) {
                        @Override
                        public Map<String, String[]> getParameterMap() {
                            if (isBroken) {
                                throw new IllegalStateException("broken");
                            }
                            return super.getParameterMap();
                        }
                    },
                    response);
        };
        View view = View.numberedAfter((request, response) -> {
            try {
                request.getParameterMap();
                response.getWriter().write("whole ");
            } catch (IllegalStateException e) {
                response.getWriter().write("broken ");
            }
        });
        try (TestSite site = TestSite.with().before(outside).page("/p", view).start()) {
            assertEquals("whole render 1", site.getStoredThenHit("/p").text());
            Reply broken = site.get("/p", "X-Broken: 1");
            assertEquals(200, broken.status());
            assertTrue(broken.text().startsWith("broken "), broken::text);
            site.getHit("whole render 1", "/p");
        }
    }
}
