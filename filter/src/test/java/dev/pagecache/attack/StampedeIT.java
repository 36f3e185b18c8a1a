package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many requests for one page that is not there (T14; CVE-2025-32421, CVE-2025-49826): one renders for all who want the
 * same, and nobody is given an answer that was made for another.
 */
@ParameterizedClass
@MethodSource("stages")
final class StampedeIT {
    private static final int CLIENTS = 16;
    private static final String EVIL = "evil";

    /** Views by their path: one site for all tests. */
    private static final Map<String, View> VIEWS = new ConcurrentHashMap<>();

    private static final AtomicInteger PATHS = new AtomicInteger();

    private final Stage stage;

    StampedeIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(() -> TestSite.with()
                .page(
                        "/p/*",
                        (request, response) -> Objects.requireNonNull(VIEWS.get(request.getPathInfo()))
                                .render(request, response)));
    }

    /** Puts a view under a path of its own. */
    private static String page(View view) {
        String path = "/" + PATHS.incrementAndGet();
        VIEWS.put(path, view);
        return "/p" + path;
    }

    /** A page that is to know which of its renders it is. */
    @FunctionalInterface
    private interface CountedView {
        void render(int number, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException;
    }

    /** What the leader and his followers get who come while he waits in the page, and who comes after them. */
    private List<Reply> run(CountedView view, String leader, String follower) {
        AtomicInteger renders = new AtomicInteger();
        CountDownLatch isIn = new CountDownLatch(1);
        CountDownLatch mayGo = new CountDownLatch(1);
        String target = page((request, response) -> {
            int number = renders.incrementAndGet();
            if (number == 1) {
                isIn.countDown();
                await(mayGo);
            }
            view.render(number, request, response);
        });
        FutureTask<Reply> first = start(() -> stage.get(target, leader));
        await(isIn);
        List<FutureTask<Reply>> others = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            others.add(start(() -> stage.get(target, follower)));
        }
        mayGo.countDown();
        List<Reply> replies = new ArrayList<>(List.of(result(first)));
        others.forEach(other -> replies.add(result(other)));
        replies.add(stage.get(target));
        return replies;
    }

    @Test
    void requests_forOnePage_areRenderedOnce() {
        List<Reply> replies =
                run((number, request, response) -> response.getWriter().write("render " + number), "X-A: 1", "X-A: 2");
        List<String> texts = replies.stream().map(Reply::text).distinct().toList();
        // Without memory one who looked just before the page was kept does not see that it is there now.
        assertTrue(texts.size() < (stage.stores() == Stores.REDIS ? CLIENTS / 2 : 2), texts::toString);
        assertEquals("render 1", texts.get(0));
    }

    /** The leader is an attacker whose field the page shows; nobody knew before that it would. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host", "Cookie", "User-Agent", "X-HTTP-Method-Override"})
    void leader_whosePageShowsItsField_givesItToNobody(String name) {
        List<Reply> replies = run(
                (number, request, response) -> response.getWriter().write("saw " + request.getHeader(name)),
                name + ": " + EVIL,
                name + ": good");
        assertTrue(replies.get(0).text().contains(EVIL));
        for (Reply reply : replies.subList(1, CLIENTS + 1)) {
            assertEquals("saw good", reply.text());
        }
        assertEquals("saw null", replies.get(CLIENTS + 1).text());
    }

    /** CVE-2025-49826: what goes wrong for the leader goes wrong for it alone. */
    @ParameterizedTest
    @ValueSource(strings = {"throws", "sends an error", "says no content", "sets a cookie", "is private", "breaks off"})
    void leader_whoGetsNoPageForAll_leavesOthersTheirOwn(String way) {
        CountedView view = (number, request, response) -> {
            if (number > 1) {
                response.getWriter().write("good");
                return;
            }
            switch (way) {
                case "throws" -> throw new IllegalStateException("thrown for the leader");
                case "sends an error" -> response.sendError(503);
                case "says no content" -> response.setStatus(204);
                case "sets a cookie" -> response.addHeader("Set-Cookie", "id=" + EVIL);
                case "is private" -> response.setHeader("Cache-Control", "private");
                default -> response.setContentLength(100);
            }
            if (!way.equals("says no content") && !way.equals("sends an error")) {
                response.getWriter().write(EVIL);
            }
        };
        List<Reply> replies = run(view, "X-A: 1", "X-A: 2");
        for (Reply reply : replies.subList(1, replies.size())) {
            assertEquals(200, reply.status(), reply::toString);
            assertEquals("good", reply.text());
            assertFalse(reply.has("Set-Cookie"), reply::toString);
        }
    }

    /** CVE-2025-32421: a form of the page that a field asks for is not given to those who want the other form. */
    @Test
    void leader_whoAsksForAnotherForm_isFollowedByNobodyElse() {
        CountedView view = (number, request, response) -> {
            boolean isData = request.getHeader("X-Data") != null;
            response.setContentType(isData ? "application/json" : "text/html;charset=utf-8");
            response.getWriter().write(isData ? "{\"data\":1}" : "<p>page");
        };
        List<Reply> replies = run(view, "X-Data: 1", "X-Other: 1");
        assertEquals("{\"data\":1}", replies.get(0).text());
        for (Reply reply : replies.subList(1, replies.size())) {
            assertEquals("<p>page", reply.text());
            assertTrue(reply.one("Content-Type").startsWith("text/html"), reply::toString);
        }
    }

    /** Users at one moment, each with a cookie of its own: no two see each other. */
    @Test
    void users_atOneMoment_getTheirOwnPages() {
        for (int round = 0; round < 5; round++) {
            String target = page(
                    (request, response) -> response.getWriter().write("for " + request.getCookies()[0].getValue()));
            List<FutureTask<Reply>> users = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String cookie = "Cookie: user=u" + i;
                users.add(start(() -> stage.get(target, cookie)));
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertEquals("for u" + i, result(users.get(i)).text());
            }
        }
    }

    private static FutureTask<Reply> start(Callable<Reply> task) {
        FutureTask<Reply> future = new FutureTask<>(task);
        Thread thread = new Thread(future, "test-client");
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    private static Reply result(FutureTask<Reply> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "nobody opened the latch");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
