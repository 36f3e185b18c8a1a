package dev.pagecache.containers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat sends files that a servlet names in request attributes by itself, past every wrapper of the response. */
final class SendfileIT {
    private static final String ATTRIBUTE = "org.apache.tomcat.sendfile.";
    private static final byte[] CONTENT = "0123456789".repeat(10_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void sendfile_whereTheAnswerMayBeStored_isNotOffered(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("f.bin"), CONTENT);
        View view = (request, response) -> {
            if (Boolean.TRUE.equals(request.getAttribute(ATTRIBUTE + "support"))) {
                send(file).render(request, response);
            } else {
                response.setHeader("X-Copied", "1");
                Files.copy(file, response.getOutputStream());
            }
        };
        try (TestSite site = TestSite.with().page("/f", view).start();
                TestSite plain = TestSite.with().page("/f", view).startPlain()) {
            assertFalse(plain.get("/f").has("X-Copied"));
            Reply miss = site.get("/f");
            assertEquals("1", miss.one("X-Copied"));
            assertArrayEquals(CONTENT, miss.body());
            assertArrayEquals(
                    CONTENT,
                    site.getHitSoon(new String(CONTENT, StandardCharsets.UTF_8), "/f")
                            .body());
        }
    }

    /** Neither the file, which the cache does not see, nor the nothing that it sees. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendfile_usedAllTheSame_isNotStored(boolean asksForTheStream, @TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("f.bin"), CONTENT);
        View view = (request, response) -> {
            if (asksForTheStream) {
                response.getOutputStream();
            }
            send(file).render(request, response);
        };
        try (TestSite site = TestSite.with().page("/f", view).start()) {
            assertArrayEquals(CONTENT, site.getNeverStored("/f").body());
        }
    }

    private static View send(Path file) {
        return (request, response) -> {
            response.setContentLength(CONTENT.length);
            request.setAttribute(ATTRIBUTE + "filename", file.toRealPath().toString());
            request.setAttribute(ATTRIBUTE + "start", 0L);
            request.setAttribute(ATTRIBUTE + "end", (long) CONTENT.length);
        };
    }
}
