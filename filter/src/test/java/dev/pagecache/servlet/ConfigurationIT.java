package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where parameters come from, and that a wrong one stops the start with a sentence that helps. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class ConfigurationIT {

    @AfterEach
    void clearSystemProperty() {
        System.clearProperty("pagecache.timeout");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeout              | soon            | origin
            timeout              | 10x             | origin
            timeout              | -5              | origin
            scope                | sites           | view
            inputs               | guess           | declared
            collapse             | all             | off, node or cluster
            collapse.wait        | long            | collapse.wait
            statuses             | abc             | statuses
            statuses             | 200,99          | statuses
            statuses             | 200,1000        | statuses
            maxBody              | 12XB            | maxBody
            maxBody              | -1              | maxBody
            requestDirectives    | honour          | honor
            query.sort           | maybe           | true
            profile              | rfc2616         | rfc9111
            include              | no-slash        | include
            exclude              | no-slash        | exclude
            vary                 | a:b             | vary
            targetedField        | not a name      | targetedField
            cacheStatus          | two words       | cacheStatus
            browserTimeout       | x               | browserTimeout
            staleWhileRevalidate | x               | staleWhileRevalidate
            staleIfError         | -1              | staleIfError
            """)
    void value_wrong_stopsTheStartAndIsNamed(String name, String value, String hint) {
        String message = failure(TestSite.with().param(name, value));
        assertTrue(message.contains(name), message);
        assertTrue(message.contains(value), message);
        assertTrue(message.contains(hint), message);
    }

    @ParameterizedTest
    @CsvSource({
        "timout,timeout",
        "Timeout,timeout",
        "keyprefix,keyPrefix",
        "includes,include",
        "status,statuses",
        "query.ignored,query.ignore",
        "staleIfErrors,staleIfError"
    })
    void name_unknown_stopsTheStartAndTheNearestIsSuggested(String name, String suggestion) {
        String message = failure(TestSite.with().param(name, "1"));
        assertTrue(message.contains(name), message);
        assertTrue(message.contains(suggestion), message);
    }

    @Test
    void contextParam_unknown_stopsTheStart() {
        String message = failure(TestSite.with().contextParam("pagecache.timout", "1"));
        assertTrue(message.contains("pagecache.timout"), message);
        assertTrue(message.contains("timeout"), message);
    }

    @Test
    void contextParam_ofSomebodyElse_isLeftAlone() {
        try (TestSite site = TestSite.with()
                .contextParam("timout", "1")
                .contextParam("other.pagecache.x", "1")
                .page("/p", View.numbered())
                .start()) {
            site.getStoredThenHit("/p");
        }
    }

    @Test
    void contextParam_set_counts() {
        assertEquals("max-age=70", sent(TestSite.with().contextParam("pagecache.timeout", "70")));
    }

    @Test
    void initParam_besidesContextParam_wins() {
        assertEquals(
                "max-age=80", sent(TestSite.with().param("timeout", "80").contextParam("pagecache.timeout", "70")));
    }

    @Test
    void systemProperty_besidesInitParam_wins() {
        System.setProperty("pagecache.timeout", "90");
        assertEquals(
                "max-age=90", sent(TestSite.with().param("timeout", "80").contextParam("pagecache.timeout", "70")));
    }

    @Test
    void systemProperty_wrong_stopsTheStart() {
        System.setProperty("pagecache.timeout", "soon");
        String message = failure(TestSite.with());
        assertTrue(message.contains("timeout") && message.contains("soon"), message);
    }

    /** The value is not shown: it may hold a password. */
    @ParameterizedTest
    @CsvSource({"http://host", "redis://", "redis://user:s3cret@host:port/0", "nonsense"})
    void location_wrong_stopsTheStart(String location) {
        String message = failure(TestSite.with().param("redis", location));
        assertTrue(message.contains("redis"), message);
        assertFalse(message.contains("s3cret"), message);
    }

    private static String sent(TestSite.Builder builder) {
        try (TestSite site = builder.page("/p", View.numbered()).start()) {
            return site.get("/p").one("Cache-Control");
        }
    }

    private static String failure(TestSite.Builder builder) {
        Throwable thrown = assertThrows(IllegalStateException.class, () -> started(builder));
        StringBuilder messages = new StringBuilder();
        for (Throwable t = thrown.getCause(); t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append('\n');
        }
        return messages.toString();
    }

    private static void started(TestSite.Builder builder) {
        builder.page("/p", View.numbered()).start().close();
    }
}
