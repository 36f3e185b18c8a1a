package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.policy.PagePolicy;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PageSenderTest {
    private static final PagePolicy POLICY =
            Settings.read(SettingsSource.ofSystem(Map.of(), Map.of())).filter().policy();

    @Test
    void send_pageThatCameFromARemoteStore_isItsContentAlone() throws IOException {
        CacheKey key = SampleRecords.key("key");
        String body = "content ".repeat(200);
        RecordCodec codec = new RecordCodec();
        byte[] record = codec.encode(SampleRecords.page(key, body, 0), 0, 0);
        Page page = assertInstanceOf(Page.class, codec.decode(record, key, 0, 0));
        assertTrue(page.body().offset() > 0, "the content is a part of the record");
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getMethod()).thenReturn("GET");
        when(request.getServletPath()).thenReturn("/");
        FakeResponse fake = new FakeResponse();

        new PageSender(null, false, new SplittableRandom(1))
                .send(
                        new Serve(page, 0, CacheStatus.hit(600)),
                        new ServletRequestFacts(request, POLICY, new WrapperTraits()),
                        POLICY,
                        fake.response);

        assertEquals(body, fake.bytes.toString(StandardCharsets.UTF_8));
    }
}
