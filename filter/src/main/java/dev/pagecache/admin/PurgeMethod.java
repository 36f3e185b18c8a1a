package dev.pagecache.admin;

import dev.pagecache.Purge;
import dev.pagecache.admin.PurgeOrder.Mode;
import dev.pagecache.config.BearerToken;
import dev.pagecache.config.PurgeAccess;
import dev.pagecache.http.FieldSyntax;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.RequestFacts;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The method {@code PURGE}, by which HTTP caches are told that the pages of a URL are out of date. With a field
 * {@code Cache-Tag} or {@code Surrogate-Key} it purges tags in place of the URL, and with {@code Soft-Purge: 1} pages
 * are stale in place of gone.
 *
 * <p>Safe for use by many threads.
 */
public final class PurgeMethod {
    private static final String METHOD = "PURGE";

    /** Fields that proxies add: what comes through one comes from somebody else than the one who connects. */
    private static final List<String> PROXY_FIELDS =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");

    private final PurgeAccess access;
    private final @Nullable BearerToken token;
    private final PagePolicy policy;
    private final ApplicationCaches caches;
    private final Refusals refusals;

    /**
     * The method as one filter has it.
     *
     * @param access who may use it
     * @param token what a request has to bring, or null
     * @param policy the filter's settings
     * @param caches what is purged
     * @param nanoTime monotonic time in nanoseconds
     */
    public PurgeMethod(
            PurgeAccess access,
            @Nullable BearerToken token,
            PagePolicy policy,
            ApplicationCaches caches,
            LongSupplier nanoTime) {
        this.access = access;
        this.token = token;
        this.policy = policy;
        this.caches = caches;
        this.refusals = new Refusals(nanoTime);
    }

    /**
     * Whether a request is answered here; else it is the application's.
     *
     * @param method its method
     * @return true for PURGE, unless it is off
     */
    public boolean isFor(String method) {
        return access != PurgeAccess.OFF && method.equals(METHOD);
    }

    /**
     * Answers a request.
     *
     * @param request the request
     * @param facts the same request as the filter sees it
     * @param response its answer
     * @throws IOException if the client is gone
     */
    public void answer(HttpServletRequest request, RequestFacts facts, HttpServletResponse response)
            throws IOException {
        if (access == PurgeAccess.LOOPBACK && !isFromHere(request)) {
            JsonAnswer.methodNotAllowed(response, "GET, HEAD", "PURGE is for who connects from this machine");
        } else if (token != null && !Authorization.hasToken(request, token)) {
            refusals.add(request.getRemoteAddr());
            JsonAnswer.unauthorized(response);
        } else if (!policy.hosts().accepts(facts.host())) {
            JsonAnswer.methodNotAllowed(response, "GET, HEAD", "the host is none of this site");
        } else if (caches.areCrowded()) {
            JsonAnswer.tooMany(response, "there are more purges than the other nodes can be told of");
        } else {
            purge(request, facts, response);
        }
    }

    private void purge(HttpServletRequest request, RequestFacts facts, HttpServletResponse response)
            throws IOException {
        Mode mode = "1".equals(request.getHeader("Soft-Purge")) ? Mode.SOFT : Mode.HARD;
        Purge purge;
        int count = 1;
        if (request.getHeader("Cache-Tag") == null && request.getHeader("Surrogate-Key") == null) {
            purge = caches.raise(mode, Set.of(InvalidationRules.urlName(facts, policy)));
        } else {
            List<String> tags = tags(request);
            if (tags.isEmpty() || tags.size() > FormBody.MAX_FIELDS) {
                JsonAnswer.badRequest(response, "tag: there is none, or there are more than " + FormBody.MAX_FIELDS);
                return;
            }
            try {
                purge = caches.purge(PurgeOrder.ofTags(mode, tags));
            } catch (IllegalArgumentException e) {
                JsonAnswer.badRequest(response, String.valueOf(e.getMessage()));
                return;
            }
            count = tags.size();
        }
        JsonAnswer.purged(response, count, caches.awaitShared(purge));
    }

    /** Tags are separated by commas in one of these fields and by spaces in the other; neither is in a tag. */
    private static List<String> tags(HttpServletRequest request) {
        List<String> lines = new ArrayList<>();
        for (String name : List.of("Cache-Tag", "Surrogate-Key")) {
            Enumeration<String> values = request.getHeaders(name);
            for (String line : values == null ? List.<String>of() : Collections.list(values)) {
                lines.add(line.replace(' ', ',').replace('\t', ','));
            }
        }
        return FieldSyntax.listMembers(lines);
    }

    /**
     * Whether the connection itself is from this machine. Filters outside may show another address, which a client can
     * name; and a proxy on this machine connects for everybody.
     */
    private static boolean isFromHere(HttpServletRequest request) {
        for (String name : PROXY_FIELDS) {
            if (request.getHeader(name) != null) {
                return false;
            }
        }
        ServletRequest own = request;
        while (own instanceof ServletRequestWrapper wrapper) {
            own = wrapper.getRequest();
        }
        return isLoopback(own.getRemoteAddr());
    }

    /** Whether an address is one of 127.0.0.0/8 or ::1. A name is none, and is not looked up. */
    static boolean isLoopback(@Nullable String address) {
        if (address == null) {
            return false;
        }
        boolean isBracketed = address.startsWith("[") && address.endsWith("]");
        String bare = isBracketed ? address.substring(1, address.length() - 1) : address;
        if (bare.equals("::1") || bare.equals("0:0:0:0:0:0:0:1")) {
            return true;
        }
        int dots = 0;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3 && bare.startsWith("127.");
    }
}
