package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** References of responses never leave the origin (RFC 3986 section 5). Lines: the reference, path and query of it. */
final class UrlReferenceFuzzTest {
    private static final String ORIGIN = "http://example.com:8080";

    @Seeds("url-reference")
    @FuzzTest
    void resolve(byte[] bytes) {
        FuzzInput.run(bytes, UrlReferenceFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        String reference = input.line(0);
        String path = "/" + input.line(1).replace('?', '/').replace('#', '/');
        TargetUrl request = new TargetUrl("http", "Example.com", 8080, path, input.line(2));
        UrlReference target = input.bounded(() -> UrlReference.resolve(reference, request));
        if (target == null) {
            return;
        }
        isOfOrigin(reference);
        assertTrue(target.rawPath().startsWith("/"));
        boolean isPathOfRequest = target.rawPath().equals(request.rawPath());
        List<String> segments = FuzzInput.split(target.rawPath(), '/');
        assertTrue(isPathOfRequest || (!segments.contains(".") && !segments.contains("..")), target.rawPath());
        String query = target.rawQuery();
        String whole = ORIGIN + target.rawPath() + (query == null ? "" : "?" + query);
        UrlReference again = UrlReference.resolve(whole, request);
        assertTrue(isPathOfRequest || again == null || again.equals(target), whole);
        if (reference.startsWith("/") || reference.startsWith("http:")) {
            assertEquals(target, again);
        }
        assertNull(UrlReference.resolve("//example.com.example" + target.rawPath(), request));
        assertNull(UrlReference.resolve("//user@example.com:8080" + target.rawPath(), request));
        assertNull(UrlReference.resolve("https://example.com:8080" + target.rawPath(), request));
    }

    /** What another reader of references says. */
    private static void isOfOrigin(String reference) {
        try {
            URI uri = new URI(reference);
            assertTrue(uri.getScheme() == null || uri.getScheme().equalsIgnoreCase("http"), reference);
            assertFalse(uri.isOpaque(), reference);
            String authority = uri.getRawAuthority();
            assertTrue(authority == null || authority.toLowerCase(Locale.ROOT).startsWith("example.com:"));
            assertTrue(authority == null || uri.getPort() == 8080, reference);
        } catch (URISyntaxException e) {
            assertFalse(reference.isEmpty(), reference);
        }
    }
}
