package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.engine.Counters;
import dev.pagecache.engine.Engine;
import dev.pagecache.engine.Revocations;
import dev.pagecache.engine.Step.Renew;
import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of a renewal, and what its client's protocol asks for. */
final class RenewalTest {
    private static final PagePolicy POLICY =
            Settings.read(SettingsSource.ofSystem(Map.of(), Map.of())).filter().policy();
    private static final View VIEW = new View(false, false, POLICY, "default", List.of(), null);

    private final AtomicLong nanos = new AtomicLong();
    private final MemoryStore memory = new MemoryStore(1 << 20, null, nanos::get);
    private final Counters counters = new Counters();
    private final Engine engine = new Engine(
            memory,
            new HitForMissMarks(10, nanos::get),
            new Revocations(new MemoryStampLedger(10)),
            null,
            nanos::get,
            InstantSource.system(),
            counters);
    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final FakeResponse client = new FakeResponse();

    RenewalTest() throws IOException {
        when(request.getMethod()).thenReturn("GET");
        when(request.getScheme()).thenReturn("http");
        when(request.getServerName()).thenReturn("site.test");
        when(request.getServerPort()).thenReturn(80);
        when(request.getRequestURI()).thenReturn("/p");
        when(request.getServletPath()).thenReturn("/p");
        when(request.getProtocol()).thenReturn("HTTP/1.1");
        when(request.getHeaderNames()).thenReturn(Collections.emptyEnumeration());
        when(request.getAttributeNames()).thenReturn(Collections.emptyEnumeration());
        when(request.getServletContext()).thenReturn(mock(ServletContext.class));
    }

    private void run(FilterChain chain) throws IOException {
        ServletRequestFacts facts = new ServletRequestFacts(request, POLICY, new WrapperTraits());
        memory.put(SampleRecords.page(RequestRules.key(facts, POLICY), "stale", 0, new Lifetime(1000, 60_000, 0, 0)));
        nanos.set(2_000_000_000L);
        Renew step = assertInstanceOf(Renew.class, engine.open(facts, POLICY));
        new Renewal(
                        request,
                        client.response,
                        facts,
                        VIEW,
                        new PageSender("pagecache", false, new Random(1)),
                        new CaptureBudget(1 << 20))
                .run(step, chain);
    }

    private String sent() {
        return client.bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void answer_isOutBeforeTheApplicationRuns() throws IOException {
        run((chainRequest, chainResponse) -> {
            assertEquals("stale", sent());
            assertEquals(1, client.flushes);
            chainResponse.setContentType("text/plain");
            chainResponse.getOutputStream().write(new byte[] {'n', 'e', 'w'});
        });
        assertEquals("stale", sent());
        assertEquals(1, counters.storedPages());
        assertEquals(1, counters.staleHits());
        assertEquals(1, counters.renewals());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"HTTP/1.0, close", "HTTP/1.1, close", "HTTP/2.0, -", "HTTP/3, -"})
    @DisplayName("RFC 9112 section 9.6: only a connection of HTTP/1 is closed, for others could not be used meanwhile")
    void answer_connection_byProtocol(String protocol, @Nullable String connection) throws IOException {
        when(request.getProtocol()).thenReturn(protocol);
        run((chainRequest, chainResponse) -> {});
        assertEquals(connection == null ? List.of() : List.of(connection), client.all("Connection"));
    }

    @Test
    void renewal_throws_goesToNobody() throws IOException {
        run((chainRequest, chainResponse) -> {
            throw new IllegalArgumentException("no page today");
        });
        assertEquals("stale", sent());
        assertEquals(1, counters.refusals(Reason.ERROR));
    }

    @Test
    void renewal_error_goesToNobody() throws IOException {
        run((chainRequest, chainResponse) -> {
            throw new StackOverflowError();
        });
        assertEquals(1, counters.refusals(Reason.ERROR));
    }

    @Test
    void client_isGone_pageIsRenewed() throws IOException {
        HttpServletResponse gone = client.response;
        doThrow(new IOException("gone")).when(gone).flushBuffer();
        assertThrows(
                IOException.class,
                () -> run((chainRequest, chainResponse) ->
                        chainResponse.getOutputStream().write(1)));
        assertEquals(1, counters.storedPages());
    }

    /** A filter outside buffers text: its writer is closed in place of the stream. */
    @Test
    void answer_withoutContent_closesTheWriterOfAnOuterFilter() throws IOException {
        when(request.getHeader("If-None-Match")).thenReturn("*");
        when(request.getHeaders("If-None-Match")).thenReturn(Collections.enumeration(List.of("*")));
        when(client.response.getOutputStream()).thenThrow(new IllegalStateException("writer"));
        run((chainRequest, chainResponse) -> chainResponse.getWriter().write("new"));
        assertTrue(client.lines.contains("Connection"));
        assertEquals(1, counters.storedPages());
    }

    @Test
    void detached_refusedByTheContainer_isRemembered() throws IOException {
        when(request.getSession()).thenThrow(new IllegalStateException("committed"));
        run((chainRequest, chainResponse) -> ((HttpServletRequest) chainRequest).getSession());
        assertEquals(1, counters.refusals(Reason.DETACHED));
        assertEquals(0, counters.refusals(Reason.ERROR));
    }
}
