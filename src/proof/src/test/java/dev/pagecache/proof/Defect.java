package dev.pagecache.proof;

import dev.pagecache.engine.LateStamp;
import java.util.List;
import java.util.Set;

/**
 * What the filter could do wrong. The proof run must notice each: a run that cannot turn red proves nothing.
 *
 * <p>Each is planted in the running JVM; nothing of it is in the filter.
 */
enum Defect {
    /** A record's key is not compared with the one asked for; two values are swapped in Redis. */
    KEY_NOT_COMPARED("values swapped"),
    /** A record's checksum is always right; bytes are flipped in Redis. */
    CHECKSUM_IGNORED("bytes flipped"),
    /** The host is left out of the key. */
    HOST_NOT_IN_KEY,
    /** The query is left out of the key. */
    QUERY_NOT_IN_KEY,
    /** All values of the headers by which a page varies select the same page. */
    VARY_IGNORED,
    /** Headers that are read and not declared do not join the key. */
    READ_HEADERS_NOT_IN_KEY,
    /** A page for which the session was read is stored. */
    SESSION_IGNORED,
    /** A response that sets a cookie is stored. */
    SET_COOKIE_STORED,
    /** A response that says {@code private} is stored. */
    PRIVATE_STORED,
    /** Errors are stored. */
    ERRORS_STORED,
    /** A body that is shorter than its Content-Length said is stored as if it were whole. */
    SHORT_BODY_STORED,
    /** Every entity tag that a client names is taken for that of the page. */
    ENTITY_TAGS_ALIKE,
    /** A page that was revoked while it was rendered is stored, with a stamp that says it is younger. */
    STAMPED_WHEN_STORED,
    /** Whether a stored page was revoked is not asked when it is found. */
    REVOKED_PAGES_FOUND,
    /** What other nodes have revoked is neither heard nor asked for. */
    OTHERS_NOT_HEARD;

    private final String faultName;

    Defect() {
        this("");
    }

    /** @param faultName the only fault that is injected */
    Defect(String faultName) {
        this.faultName = faultName;
    }

    boolean needs(Fault fault) {
        return fault.name().equals(faultName);
    }

    /** What is planted. */
    List<Plant> plants() {
        return switch (this) {
            case KEY_NOT_COMPARED -> List.of(new Plant("entry.RecordReader", "isNext", Advices.True.class));
            case CHECKSUM_IGNORED -> List.of(new Plant("entry.RecordWriter", "checksum", Advices.Zero.class));
            case HOST_NOT_IN_KEY -> List.of(new Plant("entry.CacheKey", "url", Advices.OneHost.class));
            case QUERY_NOT_IN_KEY -> List.of(new Plant("entry.CacheKey", "url", Advices.NoQuery.class));
            case VARY_IGNORED -> List.of(new Plant("entry.CacheKey", "valuesOf", Advices.NoValues.class));
            case READ_HEADERS_NOT_IN_KEY ->
                List.of(new Plant("policy.InputRules", "undeclared", Advices.NoElements.class));
            case SESSION_IGNORED -> List.of(new Plant("policy.InputRules", "refusal", Advices.NoReason.class));
            case SET_COOKIE_STORED -> List.of(new Plant("policy.StoreRules", "refusal", Advices.NotForCookies.class));
            case PRIVATE_STORED -> List.of(new Plant("policy.StoreRules", "directive", Advices.NoReason.class));
            case ERRORS_STORED -> List.of(new Plant("policy.StoreRules", "mayStoreStatus", Advices.True.class));
            case SHORT_BODY_STORED ->
                List.of(new Plant("servlet.Capture", "declareLength", Advices.UnknownLength.class));
            case ENTITY_TAGS_ALIKE -> List.of(new Plant("http.EntityTag", "matchesWeakly", Advices.True.class));
            case STAMPED_WHEN_STORED ->
                List.of(
                        new Plant("engine.Rendering", "isRevoked", Advices.False.class),
                        new Plant("engine.Rendering", "seal", LateStamp.class));
            case REVOKED_PAGES_FOUND -> List.of(new Plant("engine.Revocations", "isRevoked", Advices.False.class));
            case OTHERS_NOT_HEARD -> List.of(new Plant("store.RaisedNames", "learn", Advices.Skipped.class));
        };
    }

    /** What the checker must say first. */
    Set<Violation.Type> signs() {
        return switch (this) {
            case KEY_NOT_COMPARED, HOST_NOT_IN_KEY, QUERY_NOT_IN_KEY, READ_HEADERS_NOT_IN_KEY ->
                Set.of(Violation.Type.FOREIGN_PAGE, Violation.Type.OTHER_USER);
            case VARY_IGNORED -> Set.of(Violation.Type.FOREIGN_PAGE, Violation.Type.OTHER_USER);
            case CHECKSUM_IGNORED, SHORT_BODY_STORED -> Set.of(Violation.Type.TORN);
            case SESSION_IGNORED -> Set.of(Violation.Type.OTHER_USER);
            case SET_COOKIE_STORED, PRIVATE_STORED -> Set.of(Violation.Type.REPEATED_NAME);
            case ERRORS_STORED -> Set.of(Violation.Type.STATUS);
            case ENTITY_TAGS_ALIKE, STAMPED_WHEN_STORED, REVOKED_PAGES_FOUND -> Set.of(Violation.Type.STALE_HERE);
            case OTHERS_NOT_HEARD -> Set.of(Violation.Type.STALE_ANYWHERE);
        };
    }
}
