package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.pagecache.engine.Step.Serve;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.TestRequest;
import dev.pagecache.store.FakeRemote;
import dev.pagecache.store.LeaseStore;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.Poll;
import dev.pagecache.store.TieredStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes with a memory each over one remote store: what one has rendered anew, the other does not render again. */
final class TwoNodesTest {
    private static final PagePolicy PLAIN = new PolicyBuilder().build();
    private static final PagePolicy WINDOW =
            new PolicyBuilder().staleWhileRevalidate(Duration.ofMinutes(5)).build();
    private static final PagePolicy COVERED =
            new PolicyBuilder().staleIfError(Duration.ofMinutes(5)).build();
    private static final PagePolicy EARLY = new PolicyBuilder().earlyRenewal(10).build();
    private static final TestRequest GET = TestRequest.get("/a/page");
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final FakeClock clock = new FakeClock();
    private final FakeRemote remote = new FakeRemote();
    private final TieredStore firstStore = store();
    private final TieredStore secondStore = store();

    /** Each of which draws the lowest number, so that what may be renewed by chance is. */
    private final TestEngine first = new TestEngine(firstStore, clock, () -> 0);

    private final TestEngine second = new TestEngine(secondStore, clock, () -> 0);

    private TieredStore store() {
        return new TieredStore(
                new MemoryStore(1 << 20, null, clock::nanos), remote, 100_000, clock::nanos, clock, new Random(1));
    }

    @AfterEach
    void close() {
        first.assertSound();
        second.assertSound();
        firstStore.close();
        secondStore.close();
    }

    /** A page in the memory of both. */
    private void share(PagePolicy policy) {
        first.store(GET, policy, "old");
        awaitWrites();
        assertEquals("old", TestEngine.body(second.serve(GET, policy)));
    }

    /** Writes leave a node behind its answers. */
    private void awaitWrites() {
        long expected = first.counters.storedPages();
        Poll.until("writes are sent", () -> firstStore.counters().writes() == expected);
    }

    private static String status(Serve serve) {
        return serve.status().toFieldValue("c");
    }

    @Test
    void stalePage_renewedByTheOther_isServedFresh() {
        share(WINDOW);
        clock.advance(LIFETIME);
        first.answer(first.renew(GET, WINDOW).rendering(), GET, "new");
        awaitWrites();
        Serve serve = second.serve(GET, WINDOW);
        assertEquals("new", TestEngine.body(serve));
        assertEquals("c; hit; ttl=600", status(serve));
        assertEquals("new", TestEngine.body(second.serve(GET, WINDOW)), "from memory");
        assertEquals(0, second.counters.renewals());
    }

    @Test
    void pageTooOld_renderedByTheOther_isServed() {
        share(PLAIN);
        clock.advance(LIFETIME);
        first.store(GET, PLAIN, "new");
        awaitWrites();
        assertEquals("new", TestEngine.body(second.serve(GET, PLAIN)));
        assertEquals(0, second.counters.renders());
    }

    /** Memory keeps it, to stand in for errors. */
    @Test
    void pageKeptForErrors_renderedByTheOther_isServed() {
        share(COVERED);
        clock.advance(LIFETIME);
        first.store(GET, COVERED, "new");
        awaitWrites();
        assertEquals("new", TestEngine.body(second.serve(GET, COVERED)));
        assertEquals(0, second.counters.renders());
    }

    @Test
    void pageKeptForErrors_renderedByNobody_standsInForThem() {
        share(COVERED);
        clock.advance(LIFETIME);
        Rendering rendering = second.render(GET, COVERED);
        assertEquals("old", TestEngine.body(Objects.requireNonNull(rendering.fallback(500))));
        second.release(rendering, Reason.ERROR);
        // It is counted as a hit of its own.
        second.asked.incrementAndGet();
    }

    @Test
    void stalePage_renewedByNobody_isRenewedOnceHere() {
        share(WINDOW);
        clock.advance(LIFETIME);
        int asked = remote.gets.get();
        Step.Renew renew = second.renew(GET, WINDOW);
        assertEquals(asked + 2, remote.gets.get(), "who renews asks before the answer and behind it");
        assertEquals("old", TestEngine.body(second.serve(GET, WINDOW)));
        assertEquals(asked + 2, remote.gets.get(), "who is served does not");
        second.answer(renew.rendering(), GET, "new");
    }

    @Test
    void stalePage_whileTheRemoteStoreIsAway_isRenewedHere() {
        share(WINDOW);
        clock.advance(LIFETIME);
        remote.readFault = new IllegalStateException("away");
        Step.Renew renew = second.renew(GET, WINDOW);
        assertEquals("old", TestEngine.body(renew.meanwhile()));
        second.answer(renew.rendering(), GET, "new");
    }

    @Test
    void pageNearItsEnd_renewedEarlyByTheOther_isServed() {
        share(EARLY);
        clock.advance(Duration.ofSeconds(595));
        first.answer(first.renew(GET, EARLY).rendering(), GET, "new");
        awaitWrites();
        assertEquals("new", TestEngine.body(second.serve(GET, EARLY)));
        assertEquals(0, second.counters.renewals());
    }

    /** It looks younger from there where the clock of its node is ahead. */
    @Test
    void pageNearItsEnd_sharedAsItIs_isRenewedHere() {
        share(EARLY);
        clock.advance(Duration.ofSeconds(595));
        clock.jumpWall(Duration.ofSeconds(-2));
        second.answer(second.renew(GET, EARLY).rendering(), GET, "new");
    }

    /** As in an outage of the application: Redis has nothing newer, and would be read by each request. */
    @Test
    void pageTooOld_askedForAgainAndAgain_isLookedForOnceInAWhile() {
        share(COVERED);
        clock.advance(LIFETIME);
        int asked = remote.gets.get();
        for (int i = 0; i < 5; i++) {
            second.release(second.render(GET, COVERED), Reason.ERROR);
        }
        assertEquals(asked + 1, remote.gets.get());
        clock.advance(Duration.ofMillis(100));
        second.release(second.render(GET, COVERED), Reason.ERROR);
        assertEquals(asked + 2, remote.gets.get());
    }

    /** Leases that another node has. */
    private static final class Taken implements LeaseStore {
        private int claims;
        private volatile Claim answer = Claim.TAKEN;
        private volatile Runnable duringFirst = () -> {};

        @Override
        public Claim claim(CacheKey key) {
            Claim first = answer;
            if (claims++ == 0) {
                duringFirst.run();
            }
            return first;
        }

        @Override
        public Claim takeOver(CacheKey key) {
            return Claim.FREE;
        }

        @Override
        public boolean awaitEnd(CacheKey key, Duration atMost) {
            return true;
        }

        @Override
        public void endStored(CacheKey key) {
            throw new IllegalStateException("none was granted");
        }

        @Override
        public void endWithoutPage(CacheKey key) {
            throw new IllegalStateException("none was granted");
        }
    }

    @Test
    void stalePage_whichAnotherNodeRenews_isServedAndLookedForOnceInAWhile() {
        share(WINDOW);
        clock.advance(LIFETIME);
        Taken leases = new Taken();
        TestEngine third = new TestEngine(secondStore, clock, leases);
        int asked = remote.gets.get();
        assertEquals("old", TestEngine.body(third.leave(GET, WINDOW)));
        for (int i = 0; i < 5; i++) {
            assertEquals("old", TestEngine.body(third.serve(GET, WINDOW)));
        }
        assertEquals(1, leases.claims);
        assertEquals(asked + 2, remote.gets.get(), "before the answer and under the lease");
        clock.advance(Duration.ofMillis(100));
        assertEquals("old", TestEngine.body(third.leave(GET, WINDOW)));
        assertEquals(2, leases.claims);
        third.assertSound();
    }

    /** Its holder hangs, or renews the page another time. */
    @Test
    void stalePage_renewedAlready_isServedFreshThoughTheLeaseIsTaken() {
        share(WINDOW);
        clock.advance(LIFETIME);
        first.answer(first.renew(GET, WINDOW).rendering(), GET, "new");
        awaitWrites();
        TestEngine third = new TestEngine(secondStore, clock, new Taken());
        assertEquals("new", TestEngine.body(third.serve(GET, WINDOW)));
        third.assertSound();
    }

    /** T1 finds the page stale and answers a slow client, T2 another node renews the page, T3 the client has it. */
    @Test
    void stalePage_renewedByTheOtherWhileTheClientReads_isTakenOver() {
        share(WINDOW);
        clock.advance(LIFETIME);
        Rendering slow = second.renewLater(GET, WINDOW).rendering();
        first.answer(first.renew(GET, WINDOW).rendering(), GET, "new");
        awaitWrites();
        assertFalse(slow.begin());
        assertEquals("new", TestEngine.body(second.serve(GET, WINDOW)));
        assertEquals(0, second.counters.renewals());
    }

    /** It makes nobody wait, on no node. */
    @Test
    void stalePage_renewedForARequestWithCredentials_takesNoLease() {
        first.store(GET, WINDOW, "old", "Cache-Control", "public, max-age=600, stale-while-revalidate=300");
        awaitWrites();
        assertEquals("old", TestEngine.body(second.serve(GET, WINDOW)));
        clock.advance(LIFETIME);
        Taken leases = new Taken();
        TestEngine third = new TestEngine(secondStore, clock, leases);
        TestRequest authorized = GET.with("Authorization", "Basic eA==");
        third.answer(third.renew(authorized, WINDOW).rendering(), authorized, "new", "Cache-Control", "public");
        assertEquals(0, leases.claims);
        third.assertSound();
    }

    /** T1 finds the page stale, T2 its window ends and another waits for T1, T1 leaves the page to another node. */
    @Test
    void requestThatWaitsForARenewal_leftToAnotherNode_asksForTheLeaseItself() throws Exception {
        share(WINDOW);
        clock.advance(LIFETIME);
        Taken leases = new Taken();
        TestEngine third = new TestEngine(secondStore, clock, leases);
        Thread[] waiting = new Thread[1];
        FutureTask<Step> follower = new FutureTask<>(() -> third.open(GET, WINDOW));
        leases.duringFirst = () -> {
            leases.answer = LeaseStore.Claim.FREE;
            clock.advance(Duration.ofMinutes(5));
            waiting[0] = new Thread(follower);
            waiting[0].start();
            Poll.until("the other waits", () -> waiting[0].getState() == Thread.State.TIMED_WAITING);
        };
        assertEquals("old", TestEngine.body(third.leave(GET, WINDOW)));
        Step.Render render = assertInstanceOf(Step.Render.class, follower.get(60, TimeUnit.SECONDS));
        assertEquals(2, leases.claims);
        third.answer(render.rendering(), GET, "new");
        third.assertSound();
    }
}
