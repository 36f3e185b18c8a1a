package dev.pagecache.admin;

import dev.pagecache.metrics.CacheMeters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the caches did, as JSON: numbers and states, no URL, no key and no secret. */
final class StatusReport {
    private StatusReport() {}

    static Json of(List<CacheMeters> caches, @Nullable Warmer warmer) {
        Json all = new Json();
        for (CacheMeters cache : caches) {
            all.put(cache.alias(), of(cache));
        }
        Json report = new Json().put("caches", all);
        if (warmer != null) {
            report.put(
                    "warming",
                    new Json()
                            .put("asked", warmer.asked())
                            .put("failed", warmer.failed())
                            .put("left", warmer.left()));
        }
        return report;
    }

    private static Json of(CacheMeters cache) {
        Json reasons = new Json();
        cache.getReasons().forEach((reason, number) -> reasons.put(reason, number));
        return new Json()
                .put("hits", cache.getHits())
                .put("staleHits", cache.getStaleHits())
                .put("collapsedHits", cache.getCollapsedHits())
                .put("misses", cache.getMisses())
                .put("renewals", cache.getRenewals())
                .put("stored", cache.getStored())
                .put("reasons", reasons)
                .put("memoryHits", cache.getMemoryHits())
                .put("remoteHits", cache.getRemoteHits())
                .put("recordMisses", cache.getRecordMisses())
                .put("remoteErrors", cache.getRemoteErrors())
                .put("remoteExhausted", cache.getRemoteExhausted())
                .put("remoteSkipped", cache.getRemoteSkipped())
                .put("badValues", cache.getBadValues())
                .put("laterRecords", cache.getLaterRecords())
                .put("writes", cache.getWrites())
                .put("writeErrors", cache.getWriteErrors())
                .put("droppedWrites", cache.getDroppedWrites())
                .put("evictions", cache.getEvictions())
                .put("deletions", cache.getDeletions())
                .put("memoryRecords", cache.getMemoryRecords())
                .put("memoryBytes", cache.getMemoryBytes())
                .put("remoteReads", cache.getRemoteReads())
                .put("remoteWrites", cache.getRemoteWrites())
                .put("purgesReach", cache.getPurgesReach());
    }
}
