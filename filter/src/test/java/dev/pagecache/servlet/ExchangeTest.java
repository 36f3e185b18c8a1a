package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ExchangeTest {
    private static final PagePolicy POLICY =
            Settings.read(SettingsSource.ofSystem(Map.of(), Map.of())).filter().policy();
    private static final View VIEW = new View(false, false, POLICY, "default", List.of(), null);

    /** T1 the container's time-out finds content held back; T2 the application completes; T1 goes on. */
    @Test
    void timeout_whileTheApplicationCompletes_sendsContentOnce() throws Exception {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getServletPath()).thenReturn("/p");
        FakeResponse client = new FakeResponse();
        Exchange exchange = new Exchange(
                request,
                client.response,
                new ServletRequestFacts(request, POLICY, new WrapperTraits()),
                VIEW,
                null,
                Reason.METHOD,
                new PageSender(null, false, new SplittableRandom(1)),
                new CaptureBudget(1 << 20));
        exchange.response().getOutputStream().write("content".getBytes(StandardCharsets.UTF_8));

        CountDownLatch isHeldFound = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Thread timeout = new Thread(() -> run(exchange::letGo));
        when(client.response.isCommitted()).thenAnswer(call -> {
            if (Thread.currentThread() == timeout) {
                isHeldFound.countDown();
                mayGoOn.await();
            }
            return client.isCommitted;
        });
        timeout.start();
        isHeldFound.await();
        Thread application = new Thread(() -> run(exchange::end));
        application.start();
        while (application.getState() != Thread.State.WAITING && application.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        mayGoOn.countDown();
        timeout.join();
        application.join();
        assertEquals("content", client.bytes.toString(StandardCharsets.UTF_8));
    }

    private static void run(Output part) {
        try {
            part.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
