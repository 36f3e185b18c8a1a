package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageControl;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are no header fields: session, user, attributes, and what wrappers of the request say. */
final class FactsIT {
    private static final String OF_OTHER = "JSESSIONID=expired";

    @Test
    void session_thatIsMissing_isAFactForThoseWithoutOne() {
        View view = View.numberedAfter((request, response) ->
                response.getWriter().write(request.getSession(false) == null ? "nobody " : "somebody "));
        View login = (request, response) -> request.getSession().setAttribute("user", "u");
        try (TestSite site =
                TestSite.with().page("/p", view).page("/login", login).start()) {
            site.getStoredThenHit("/p");
            String cookie = site.get("/login").one("Set-Cookie");
            String session = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
            assertEquals("somebody render 2", site.get("/p", session).text());
            assertEquals("somebody render 3", site.get("/p", session).text());
            site.getHit("nobody render 1", "/p");
            site.getHit("nobody render 1", "/p", "Cookie: " + OF_OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "valid", "from cookie", "from URL"})
    void sessionId_thatIsNotAskedFor_isAFactForThoseWithoutOne(String asked) {
        View view = View.numberedAfter((request, response) -> response.getWriter()
                .write(
                        switch (asked) {
                            case "id" -> request.getRequestedSessionId() + " ";
                            case "valid" -> request.isRequestedSessionIdValid() + " ";
                            case "from cookie" -> request.isRequestedSessionIdFromCookie() + " ";
                            default -> request.isRequestedSessionIdFromURL() + " ";
                        }));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply stored = site.getStoredThenHit("/p");
            site.getNeverStored("/p", "Cookie: " + OF_OTHER);
            site.getHit(stored.text(), "/p");
        }
    }

    /** The application gets hold of the request behind the view, and makes a session there. */
    @Test
    void session_thatIsMadePastTheView_forbidsStoring() {
        View view = View.numberedAfter((request, response) -> {
            request.getSession(false);
            ((HttpServletRequestWrapper) request).getRequest().getServletContext();
            ((HttpServletRequest) ((HttpServletRequestWrapper) request).getRequest()).getSession();
            response.setHeader("Set-Cookie", null);
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getNeverStored("/p");
        }
    }

    private record Named(String getName) implements Principal {}

    /** Says who the user is by a field, as a gateway for single sign-on does. */
    private static final Filter SIGN_ON = (request, response, chain) -> {
        HttpServletRequest http = (HttpServletRequest) request;
        String user = http.getHeader("X-User");
        chain.doFilter(
                new HttpServletRequestWrapper(http) {
                    @Override
                    public @Nullable Principal getUserPrincipal() {
                        return user == null ? null : new Named(user);
                    }

                    @Override
                    public @Nullable String getRemoteUser() {
                        return user;
                    }

                    @Override
                    public boolean isUserInRole(String role) {
                        return role.equals("everybody") || Objects.equals(role, user);
                    }
                },
                response);
    };

    static Map<String, Function<HttpServletRequest, Object>> users() {
        Map<String, Function<HttpServletRequest, Object>> users = new LinkedHashMap<>();
        users.put("principal", request -> String.valueOf(request.getUserPrincipal()));
        users.put("remote user", request -> String.valueOf(request.getRemoteUser()));
        users.put("role", request -> request.isUserInRole("admin"));
        users.put("auth type", request -> String.valueOf(request.getAuthType()));
        return users;
    }

    static List<String> userNames() {
        return List.copyOf(users().keySet());
    }

    @ParameterizedTest
    @MethodSource("userNames")
    void user_whoIsNone_isAFactForThoseWithoutOne(String asked) {
        Function<HttpServletRequest, Object> who = Objects.requireNonNull(users().get(asked));
        View view =
                View.numberedAfter((request, response) -> response.getWriter().write(who.apply(request) + " "));
        try (TestSite site = TestSite.with().before(SIGN_ON).page("/p", view).start()) {
            Reply nobody = site.getStoredThenHit("/p");
            site.getNeverStored("/p", "X-User: admin");
            site.getNeverStored("/p", "X-User: other");
            site.getHit(nobody.text(), "/p");
        }
    }

    /** A template asks a security framework, and that its own holder of the user. */
    @Test
    void user_whomAWrapperTellsOf_neverGetsThePageOfNobodyThoughNoneAsked() {
        try (TestSite site =
                TestSite.with().before(SIGN_ON).page("/p", View.numbered()).start()) {
            site.getStoredThenHit("/p");
            site.getNeverStored("/p", "X-User: admin");
            site.getHit("render 1", "/p");
        }
    }

    @Test
    void role_thatNobodyHas_forbidsStoringWhereItIsTrue() {
        View view = View.numberedAfter((request, response) -> request.isUserInRole("everybody"));
        try (TestSite site = TestSite.with().before(SIGN_ON).page("/p", view).start()) {
            site.getNeverStored("/p");
        }
    }

    private static Filter attribute(Function<@Nullable String, @Nullable Object> value) {
        return (request, response, chain) -> {
            Object set = value.apply(((HttpServletRequest) request).getHeader("X-Tenant"));
            if (set != null) {
                request.setAttribute("tenant", set);
            }
            chain.doFilter(request, response);
        };
    }

    private static final View TENANT =
            View.numberedAfter((request, response) -> response.getWriter().write(request.getAttribute("tenant") + " "));

    @Test
    void attribute_ofAnOuterFilter_joinsTheKeyByItsValue() {
        try (TestSite site = TestSite.with()
                .before(attribute(tenant -> tenant))
                .page("/p", TENANT)
                .start()) {
            site.getStoredThenHit("/p", "X-Tenant: a");
            assertEquals("b render 2", site.get("/p", "X-Tenant: b").text());
            site.getHit("a render 1", "/p", "X-Tenant: a");
            assertEquals("null render 3", site.getStoredThenHit("/p").text());
            assertEquals(
                    "a render 4", site.getStoredThenHit("/p", "X-Tenant: a").text());
            assertEquals(
                    "b render 5", site.getStoredThenHit("/p", "X-Tenant: b").text());
            site.getHit("null render 3", "/p");
        }
    }

    @Test
    void attribute_thatIsAbsent_isAFactForThoseWithoutIt() {
        try (TestSite site = TestSite.with()
                .before(attribute(tenant -> tenant))
                .page("/p", TENANT)
                .start()) {
            site.getStoredThenHit("/p");
            assertEquals(
                    "a render 2", site.getStoredThenHit("/p", "X-Tenant: a").text());
            assertEquals("null render 3", site.getStoredThenHit("/p").text());
            site.getHit("a render 2", "/p", "X-Tenant: a");
        }
    }

    @Test
    void attribute_thatIsAnObject_forbidsStoring() {
        try (TestSite site = TestSite.with()
                .before(attribute(tenant -> tenant == null ? null : List.of(tenant)))
                .page("/p", TENANT)
                .start()) {
            Reply reply = site.getNeverStored("/p", "X-Tenant: a");
            assertTrue(reply.cacheStatus().contains("detail=attribute"), reply::toString);
            assertEquals("null render 3", site.getStoredThenHit("/p").text());
            assertEquals("[b] render 4", site.get("/p", "X-Tenant: b").text());
        }
    }

    @Test
    void attribute_thatTheApplicationReplaces_countsAsItCame() {
        View view = View.numberedAfter((request, response) -> {
            response.getWriter().write(request.getAttribute("tenant") + " ");
            request.setAttribute("tenant", "b");
        });
        try (TestSite site = TestSite.with()
                .before(attribute(tenant -> tenant))
                .page("/p", view)
                .start()) {
            site.getStoredThenHit("/p", "X-Tenant: a");
            assertEquals("b render 2", site.get("/p", "X-Tenant: b").text());
            site.getHit("b render 2", "/p", "X-Tenant: b");
        }
    }

    @Test
    void attribute_ofTheApplicationItself_isNoInput() {
        View view = View.numberedAfter((request, response) -> {
            request.setAttribute("tenant", List.of("own"));
            response.getWriter().write(request.getAttribute("tenant") + " ");
        });
        try (TestSite site = TestSite.with()
                .before(attribute(tenant -> tenant))
                .page("/p", view)
                .start()) {
            site.getStoredThenHit("/p", "X-Tenant: a");
            site.getHit("[own] render 1", "/p", "X-Tenant: b");
        }
    }

    @Test
    void attributeNames_read_areAFact() {
        View view = View.numberedAfter((request, response) -> response.getWriter()
                .write(Collections.list(request.getAttributeNames()).contains("tenant") + " "));
        try (TestSite site = TestSite.with()
                .before(attribute(tenant -> tenant))
                .page("/p", view)
                .start()) {
            site.getStoredThenHit("/p");
            assertEquals("true render 2", site.get("/p", "X-Tenant: a").text());
            site.getHit("true render 2", "/p", "X-Tenant: b");
        }
    }

    @Test
    void attribute_trusted_countsForNothing() {
        try (TestSite site = TestSite.with()
                .param("inputs.trust", "ten*")
                .before(attribute(tenant -> tenant == null ? null : List.of(tenant)))
                .page("/p", TENANT)
                .start()) {
            site.getStoredThenHit("/p", "X-Tenant: a");
            site.getHit("[a] render 1", "/p", "X-Tenant: b");
        }
    }

    /** Answers by itself what a container reads from the request line and the fields that the key holds. */
    private static final Filter WRAPPER = (request, response, chain) -> {
        HttpServletRequest http = (HttpServletRequest) request;
        String odd = String.valueOf(http.getHeader("X-Odd"));
        chain.doFilter(
                new HttpServletRequestWrapper(http) {
                    @Override
                    public String getParameter(String name) {
                        return odd;
                    }

                    @Override
                    public Map<String, String[]> getParameterMap() {
                        return Map.of("a", new String[] {odd});
                    }

                    @Override
                    public Locale getLocale() {
                        return Locale.forLanguageTag(odd);
                    }

                    @Override
                    public Enumeration<Locale> getLocales() {
                        return Collections.enumeration(List.of(getLocale()));
                    }

                    @Override
                    public String getContextPath() {
                        return "/" + odd;
                    }

                    @Override
                    public Cookie[] getCookies() {
                        return new Cookie[] {new Cookie("odd", odd)};
                    }

                    @Override
                    public boolean isSecure() {
                        return odd.equals("de");
                    }
                },
                response);
    };

    static Map<String, Function<HttpServletRequest, @Nullable Object>> wrapped() {
        Map<String, Function<HttpServletRequest, @Nullable Object>> wrapped = new LinkedHashMap<>();
        wrapped.put("parameter", request -> request.getParameter("a"));
        wrapped.put(
                "parameter map",
                request -> List.of(request.getParameterMap().values().iterator().next()));
        wrapped.put("locale", HttpServletRequest::getLocale);
        wrapped.put("locales", request -> Collections.list(request.getLocales()));
        wrapped.put("context path", HttpServletRequest::getContextPath);
        wrapped.put("cookies", request -> request.getCookies()[0].getValue());
        wrapped.put("secure", HttpServletRequest::isSecure);
        return wrapped;
    }

    static List<String> wrappedNames() {
        return List.copyOf(wrapped().keySet());
    }

    @ParameterizedTest
    @MethodSource("wrappedNames")
    void wrapper_thatAnswersByItself_neverReachesARequestThatItAnswersOtherwise(String name) {
        Function<HttpServletRequest, @Nullable Object> read =
                Objects.requireNonNull(wrapped().get(name));
        View view = (request, response) -> response.getWriter().write("" + read.apply(request));
        try (TestSite site = TestSite.with().before(WRAPPER).page("/p", view).start()) {
            String one = site.get("/p", "X-Odd: de").text();
            String other = site.get("/p", "X-Odd: fr").text();
            assertFalse(one.equals(other), one);
            site.getHit(one, "/p", "X-Odd: de");
            site.getHit(other, "/p", "X-Odd: fr");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local address", "local name", "local port", "connection", "request id"})
    void connection_read_forbidsStoring(String asked) {
        View view = View.numberedAfter((request, response) -> {
            switch (asked) {
                case "local address" -> request.getLocalAddr();
                case "local name" -> request.getLocalName();
                case "local port" -> request.getLocalPort();
                case "connection" -> request.getServletConnection();
                default -> request.getRequestId();
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply reply = site.getNeverStored("/p");
            assertTrue(reply.cacheStatus().contains("detail=connection"), reply::toString);
        }
    }

    @Test
    void contentLength_read_tellsNoneFromZero() {
        View view = View.numberedAfter((request, response) ->
                response.getWriter().write(request.getContentLength() + " " + request.getContentLengthLong() + " "));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            assertEquals("0 0 render 2", site.get("/p", "Content-Length: 0").text());
        }
    }

    @Test
    void cookie_readThroughTheControl_selectsAlone() {
        View view = View.numberedAfter((request, response) ->
                response.getWriter().write(PageControl.of(request).cookie("lang") + " "));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply hit = site.getStoredThenHit("/p", "Cookie: lang=de; id=1");
            assertEquals(List.of("cookie"), hit.members("Vary"));
            site.getHit("de render 1", "/p", "Cookie: id=2; lang=de");
            assertEquals("fr render 2", site.get("/p", "Cookie: lang=fr; id=1").text());
            assertEquals("null render 3", site.get("/p", "Cookie: id=1").text());
            site.getHit("null render 3", "/p");
        }
    }

    @Test
    void cookie_trusted_countsForNothing() {
        View view = View.numberedAfter((request, response) -> request.getCookies());
        try (TestSite site = TestSite.with()
                .param("inputs.trust", "trace, _g*")
                .page("/p", view)
                .start()) {
            site.getStoredThenHit("/p", "Cookie: a=1; trace=1");
            site.getHit("render 1", "/p", "Cookie: trace=2; _ga=7; a=1");
            assertEquals("render 2", site.get("/p", "Cookie: a=2; trace=1").text());
        }
    }

    /** A client that sends many names would make each later look-up long. */
    @Test
    void names_thatSelect_areBounded() {
        View view = View.numberedAfter((request, response) -> {
            for (String name : Collections.list(request.getHeaderNames())) {
                request.getHeader(name);
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            String[] many = new String[70];
            for (int i = 0; i < many.length; i++) {
                many[i] = "X-" + i + ": 1";
            }
            Reply reply = site.getNeverStored("/p", many);
            assertTrue(reply.cacheStatus().contains("detail=variants"), reply::toString);
            site.getStoredThenHit("/p", "X-A: 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"refuse", "learned", "declared"})
    void session_thatIsMissing_isStoredInEveryMode(String inputs) {
        View view = View.numberedAfter((request, response) -> request.getSession(false));
        try (TestSite site =
                TestSite.with().param("inputs", inputs).page("/p", view).start()) {
            site.getStoredThenHit("/p");
        }
    }
}
