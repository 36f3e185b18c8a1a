package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;

/** A gateway behind the filter, and the origin that a test plays. */
final class GatewaySite implements AutoCloseable {
    private final OriginServer origin;
    private final GatewayServer gateway;

    private GatewaySite(OriginServer origin, GatewayServer gateway) {
        this.origin = origin;
        this.gateway = gateway;
    }

    /** One with the conforming profile and further init-params, as name, value and so on. */
    static GatewaySite conforming(OriginServer origin, String... params) {
        return start(origin, "rfc9111", params);
    }

    static GatewaySite start(OriginServer origin, String profile, String... params) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("inputs", "declared");
        all.put("profile", profile);
        for (int i = 0; i < params.length; i += 2) {
            all.put(params[i], params[i + 1]);
        }
        return new GatewaySite(origin, GatewayServer.start(origin.address(), 0, all));
    }

    OriginServer origin() {
        return origin;
    }

    WireClient client() {
        return new WireClient(gateway.port());
    }

    Reply get(String target, String... fields) {
        return send("GET", target, fields);
    }

    /** Sends a request without a body on a connection of its own. */
    Reply send(String method, String target, String... fields) {
        try (WireClient client = client()) {
            client.send(WireClient.head(method, target, fields));
            return client.read(method);
        }
    }

    /** Asks twice, sees the first answer stored and the second one come from the store, and returns the second. */
    Reply getStoredThenHit(String target, String... fields) {
        int before = origin.requests().size();
        Reply miss = get(target, fields);
        assertTrue(miss.saysStored(), () -> "stored expected: " + miss);
        Reply hit = get(target, fields);
        assertTrue(hit.isHit(), () -> "hit expected: " + hit);
        assertEquals(before + 1, origin.requests().size());
        assertEquals(miss.status(), hit.status());
        assertEquals(miss.text(), hit.text());
        return hit;
    }

    /** Asks until the answer comes from the store: a request that meets the end of a failed one is not stored. */
    Reply getHitSoon(String target) {
        for (int i = 0; i < 500; i++) {
            Reply reply = get(target);
            if (reply.isHit()) {
                return reply;
            }
        }
        throw new AssertionError("never a hit at " + target);
    }

    /** Asks twice, sees the origin asked twice, and returns the second answer. */
    Reply getNeverStored(String target, String... fields) {
        int before = origin.requests().size();
        get(target, fields);
        Reply second = get(target, fields);
        assertEquals(before + 2, origin.requests().size(), second::toString);
        return second;
    }

    @Override
    public void close() {
        gateway.close();
        origin.close();
    }
}
