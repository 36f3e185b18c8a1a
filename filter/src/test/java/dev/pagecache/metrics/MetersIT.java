package dev.pagecache.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import dev.pagecache.store.Poll;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The caches of running applications in the JVM's MBean server. Context paths here are those of no other test. */
@ResourceLock("dev.pagecache MBeans")
final class MetersIT {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static TestSite.Builder site(String path) {
        return TestSite.with().contextPath(path).page("/p", View.numbered());
    }

    private static Set<String> names(String path) {
        Set<String> names = new TreeSet<>();
        for (ObjectName name : SERVER.queryNames(null, null)) {
            if (name.getDomain().equals("dev.pagecache") && name.toString().contains(path)) {
                names.add(name.toString());
            }
        }
        return names;
    }

    private static PageCacheMXBean meters(String name) {
        try {
            return JMX.newMXBeanProxy(SERVER, new ObjectName(name), PageCacheMXBean.class);
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void meters_ofAnApplication_countWhatItsRequestsGot() {
        try (TestSite site = site("/meters-one").start()) {
            site.getStoredThenHit("/meters-one/p");
            site.get("/meters-one/p");
            site.send("POST", "/meters-one/p", "Content-Length: 0");
            assertEquals(
                    Set.of("dev.pagecache:type=PageCache,context=/meters-one,cache=default"), names("/meters-one"));
            PageCacheMXBean meters = meters("dev.pagecache:type=PageCache,context=/meters-one,cache=default");
            assertEquals(2, meters.getHits());
            assertEquals(1, meters.getMisses());
            assertEquals(1, meters.getStored());
            assertEquals(1, meters.getReasons().get("method"));
            assertEquals(2, meters.getMemoryHits());
            assertEquals(0, meters.getStaleHits() + meters.getCollapsedHits() + meters.getRenewals());
            assertEquals(0, meters.getRemoteErrors() + meters.getRemoteExhausted() + meters.getRemoteSkipped());
            assertEquals(0, meters.getRemoteHits() + meters.getWrites() + meters.getWriteErrors());
            assertEquals(
                    0,
                    meters.getBadValues()
                            + meters.getLaterRecords()
                            + meters.getDroppedWrites()
                            + meters.getEvictions()
                            + meters.getDeletions());
            assertTrue(meters.getRecordMisses() > 0);
            assertTrue(meters.getMemoryRecords() >= 0 && meters.getMemoryBytes() >= 0);
            assertEquals("none", meters.getRemoteReads());
            assertEquals("none", meters.getRemoteWrites());
            assertEquals("node", meters.getPurgesReach());
        }
        assertEquals(Set.of(), names("/meters-one"));
    }

    /** Two virtual hosts, or a new edition that starts before the old one ends. */
    @Test
    void meters_ofTwoApplicationsOnOnePath_areToldApartAndLeaveNothing() {
        String name = "dev.pagecache:type=PageCache,context=/meters-two,cache=default";
        try (TestSite first = site("/meters-two").start()) {
            try (TestSite second = site("/meters-two").start()) {
                second.getStoredThenHit("/meters-two/p");
                assertEquals(Set.of(name, name + ",instance=2"), names("/meters-two"));
                assertEquals(0, meters(name).getHits());
                assertEquals(1, meters(name + ",instance=2").getHits());
            }
            assertEquals(Set.of(name), names("/meters-two"));
            first.getStoredThenHit("/meters-two/p");
            assertEquals(1, meters(name).getHits());
        }
        assertEquals(Set.of(), names("/meters-two"));
    }

    @Test
    void meters_afterManyRedeploys_leaveNothing() {
        for (int i = 0; i < 10; i++) {
            try (TestSite site = site("/meters-many").start()) {
                assertNotNull(site.context());
                assertEquals(1, names("/meters-many").size());
            }
        }
        assertEquals(Set.of(), names("/meters-many"));
    }

    @Test
    void meters_ofAStartThatFails_leaveNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> site("/meters-failing").param("timeout", "soon").start().close());
        assertEquals(Set.of(), names("/meters-failing"));
    }

    @Test
    void meters_withRedis_tellOfIt() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site =
                        site("/meters-redis").param("redis", redis.uri()).start()) {
            site.getStoredThenHit("/meters-redis/p");
            PageCacheMXBean meters = meters("dev.pagecache:type=PageCache,context=/meters-redis,cache=default");
            Poll.until("the page is written", () -> meters.getWrites() > 0);
            assertEquals("ok", meters.getRemoteReads());
            assertEquals("ok", meters.getRemoteWrites());
            Poll.until("the ledger is in touch", () -> meters.getPurgesReach().equals("all"));
            redis.kill();
            Poll.until("the ledger is away", () -> meters.getPurgesReach().equals("away"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''     | context=/,
            /a     | context=/a,
            /a=b,c | context="/a=b,c",
            /a:b*? | context="/a:b\\*\\?",
            """)
    void name_ofAnyPath_isOne(String path, String part) throws Exception {
        MBeanServer server = javax.management.MBeanServerFactory.newMBeanServer();
        try (RegisteredMeters registered = new RegisteredMeters(path, server)) {
            registered.register(new CacheMeters(
                    "x",
                    new dev.pagecache.engine.Counters(),
                    new dev.pagecache.store.DummyStore(),
                    new dev.pagecache.store.MemoryStampLedger(1)));
            Set<ObjectName> names = server.queryNames(new ObjectName("dev.pagecache:*"), null);
            assertEquals(1, names.size());
            assertTrue(names.toString().contains(part), names::toString);
            for (ObjectName name : names) {
                assertEquals(0L, server.getAttribute(name, "MemoryRecords"));
                server.unregisterMBean(name);
            }
        }
    }
}
