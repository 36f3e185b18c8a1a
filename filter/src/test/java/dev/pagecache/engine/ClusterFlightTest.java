package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pagecache.engine.Landing.Released;
import dev.pagecache.engine.Landing.Revoked;
import dev.pagecache.engine.SingleFlight.Flight;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.LeaseStore;
import dev.pagecache.store.LeaseStore.Claim;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who renders for all nodes, and how long others wait for it. */
final class ClusterFlightTest {
    private static final CacheKey KEY =
            CacheKey.url("", "http", "site.example", 80, "/p", "/p", null, List.of(), name -> null);
    private static final Found PAGE = new Found(KEY, List.of(), null, false);

    private final FakeClock clock = new FakeClock();
    private final Leases leases = new Leases();
    private final ClusterFlight cluster = new ClusterFlight(leases, Duration.ofSeconds(2), clock::nanos);
    private final SingleFlight flights = new SingleFlight(Duration.ZERO);
    private final Flight flight = flights.board(KEY).flight();
    private final AtomicInteger looks = new AtomicInteger();

    /** Answers as told, and notes what it is asked. */
    private final class Leases implements LeaseStore {
        private final ArrayDeque<Claim> answers = new ArrayDeque<>();
        private final List<String> ends = new ArrayList<>();
        private final List<Duration> waits = new ArrayList<>();
        private boolean isInterrupted;

        @Override
        public Claim claim(CacheKey key) {
            return answers.removeFirst();
        }

        @Override
        public Claim takeOver(CacheKey key) {
            ends.add("taken over");
            return answers.removeFirst();
        }

        @Override
        public boolean awaitEnd(CacheKey key, Duration atMost) {
            waits.add(atMost);
            clock.advance(Duration.ofMillis(900));
            return !isInterrupted;
        }

        @Override
        public void endStored(CacheKey key) {
            ends.add("stored");
        }

        @Override
        public void endWithoutPage(CacheKey key) {
            ends.add("without page");
        }
    }

    private @Nullable Found await(int lookThatFinds, Claim... answers) {
        leases.answers.addAll(List.of(answers));
        return cluster.await(flight, KEY, () -> looks.incrementAndGet() == lookThatFinds ? PAGE : null);
    }

    @Test
    void granted_nothingThere_rendersAndGivesBackWhenItLands() {
        assertNull(await(0, Claim.GRANTED));
        assertEquals(List.of(), leases.ends);
        flight.land(Revoked.INSTANCE);
        flight.land(Released.INSTANCE);
        assertEquals(List.of("stored"), leases.ends, "once, and whoever waits looks again");
    }

    @Test
    void granted_nothingStored_setsEverybodyFree() {
        assertNull(await(0, Claim.GRANTED));
        flight.land(Released.INSTANCE);
        assertEquals(List.of("without page"), leases.ends);
    }

    /** T1 another node stores the page; T2 it gives the lease back; T3 this one gets it, and looked before T1. */
    @Test
    void granted_pageStoredMeanwhile_isTaken() {
        assertSame(PAGE, await(1, Claim.GRANTED));
    }

    @Test
    void free_rendersAtOnce() {
        assertNull(await(1, Claim.FREE));
        assertEquals(0, looks.get());
        flight.land(Released.INSTANCE);
        assertEquals(List.of(), leases.ends, "what was not granted is not given back");
    }

    @Test
    void taken_pageComes_isTaken() {
        assertSame(PAGE, await(2, Claim.TAKEN, Claim.TAKEN));
        assertEquals(1, leases.waits.size());
    }

    @Test
    void taken_holderGivesUp_rendersAtOnce() {
        assertNull(await(0, Claim.TAKEN, Claim.FREE));
    }

    @Test
    void taken_holderDies_theNextOneRendersForAll() {
        assertNull(await(0, Claim.TAKEN, Claim.GRANTED));
        flight.land(Revoked.INSTANCE);
        assertEquals(List.of("stored"), leases.ends);
    }

    @Test
    void taken_forLong_isTakenOverAndRenderedForAll() {
        Claim taken = Claim.TAKEN;
        assertNull(await(0, taken, taken, taken, taken, Claim.GRANTED));
        assertEquals(List.of(Duration.ofMillis(2_000), Duration.ofMillis(1_100), Duration.ofMillis(200)), leases.waits);
        flight.land(Revoked.INSTANCE);
        assertEquals(List.of("taken over", "stored"), leases.ends);
    }

    @Test
    void taken_forLong_notToBeHadEvenThen_rendersAlone() {
        Claim taken = Claim.TAKEN;
        assertNull(await(0, taken, taken, taken, taken, Claim.FREE));
        flight.land(Revoked.INSTANCE);
        assertEquals(List.of("taken over"), leases.ends);
    }

    @Test
    void taken_interrupted_rendersAtOnce() {
        leases.isInterrupted = true;
        assertNull(await(0, Claim.TAKEN));
    }
}
