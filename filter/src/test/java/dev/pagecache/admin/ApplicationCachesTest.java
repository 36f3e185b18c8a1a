package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageCaches;
import dev.pagecache.Purge;
import dev.pagecache.engine.Ledgers;
import dev.pagecache.entry.Stamp;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.StampLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which names purges raise, where, and how one waits for them. */
final class ApplicationCachesTest {

    /** Says which names were raised, and is in touch with others as a test wants. */
    private static final class Ledger implements StampLedger {
        private final StampLedger memory = new MemoryStampLedger(100);
        private final List<Duration> waits = new ArrayList<>();
        private final TreeSet<String> names = new TreeSet<>();
        private boolean isShared = true;
        private boolean isCrowded;

        @Override
        public boolean isEmpty() {
            return memory.isEmpty();
        }

        @Override
        public boolean mayHave(char kind) {
            return memory.mayHave(kind);
        }

        @Override
        public Stamp now() {
            return memory.now();
        }

        @Override
        public void raise(Collection<String> raised) {
            memory.raise(raised);
            names.addAll(raised);
        }

        @Override
        public boolean isRaisedSince(Stamp stamp, String name) {
            return memory.isRaisedSince(stamp, name);
        }

        @Override
        public boolean awaitShared(Stamp event, Duration atMost) {
            waits.add(atMost);
            return isShared;
        }

        @Override
        public boolean isCrowded() {
            return isCrowded;
        }
    }

    private final Ledger first = new Ledger();
    private final Ledger second = new Ledger();
    private final ApplicationCaches caches = new ApplicationCaches(new Ledgers(List.of(first, second), () -> 0L));

    private void addSites() {
        caches.addSite(new PolicyBuilder().build());
        caches.addSite(new PolicyBuilder().site("shop").authority("shop.test").build());
    }

    private static Arguments row(Function<PageCaches, Purge> purge, String... names) {
        return Arguments.of(purge, List.of(names));
    }

    static Stream<Arguments> purges() {
        return Stream.of(
                row(c -> c.purgeTag("a", "b"), "tag:a", "tag:b", "tag:shop a", "tag:shop b"),
                row(c -> c.softPurgeTag("a"), "soft:tag:a", "soft:tag:shop a"),
                row(c -> c.refreshTag("a"), "refresh:tag:a", "refresh:tag:shop a"),
                row(c -> c.purgeTag()),
                row(PageCaches::purgeAll, "all:", "all:shop"),
                row(PageCaches::softPurgeAll, "soft:all:", "soft:all:shop"),
                row(PageCaches::refreshAll, "refresh:all:", "refresh:all:shop"),
                row(c -> c.purgeUrl("/a?b"), "url:http://shop.test/a?b", "url:https://shop.test/a?b"),
                row(c -> c.softPurgeUrl("/a"), "soft:url:http://shop.test/a", "soft:url:https://shop.test/a"),
                row(c -> c.refreshUrl("/a"), "refresh:url:http://shop.test/a", "refresh:url:https://shop.test/a"),
                row(c -> c.purgeUrl("http://Site.test/a"), "url:http://shop.test/a", "url:http://site.test:80/a"));
    }

    @ParameterizedTest
    @MethodSource("purges")
    void purge_each_raisesItsNamesForAllSitesInAllLedgers(Function<PageCaches, Purge> purge, List<String> names) {
        addSites();
        assertTrue(purge.apply(caches).isShared());
        assertEquals(names, List.copyOf(first.names));
        assertEquals(names, List.copyOf(second.names));
    }

    @Test
    void prefix_inEachMode_isRaisedUnderTheSamePath() {
        addSites();
        caches.purgePrefix("/a/");
        caches.softPurgePrefix("/a");
        caches.refreshPrefix("/a");
        for (String kind : List.of("", "soft:", "refresh:")) {
            assertEquals(
                    2,
                    first.names.stream()
                            .filter(name -> name.startsWith(kind + "path:") && name.endsWith("/a"))
                            .count(),
                    first.names::toString);
        }
    }

    @Test
    void purge_ofSomethingWrong_raisesNothing() {
        addSites();
        assertThrows(IllegalArgumentException.class, () -> caches.purgeTag("good", "b d"));
        assertThrows(IllegalArgumentException.class, () -> caches.purgeUrl("a"));
        assertThrows(IllegalArgumentException.class, () -> caches.purgePrefix("/a?b"));
        assertTrue(first.isEmpty() && second.isEmpty());
    }

    @Test
    void purge_whereOneLedgerIsAway_isNotSharedAndWaitsNoMore() {
        addSites();
        first.isShared = false;
        Purge purge = caches.purgeTag("a");
        assertFalse(purge.awaitShared(Duration.ofSeconds(5)));
        assertEquals(List.of(Duration.ofSeconds(5)), first.waits);
        assertEquals(List.of(Duration.ZERO), second.waits);
        first.isShared = true;
        assertTrue(purge.isShared());
    }

    @Test
    void awaitShared_longOrNegative_isATimeThatCanBeWaited() {
        addSites();
        Purge purge = caches.purgeTag("a");
        assertTrue(purge.awaitShared(Duration.ofSeconds(Long.MAX_VALUE)));
        assertTrue(purge.awaitShared(Duration.ofSeconds(-1)));
        assertEquals(List.of(Duration.ofDays(1), Duration.ZERO), first.waits);
    }

    @Test
    void areCrowded_oneLedger_isEnough() {
        assertFalse(caches.areCrowded());
        second.isCrowded = true;
        assertTrue(caches.areCrowded());
    }
}
