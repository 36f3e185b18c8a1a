package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlReferenceTest {
    /** The base of RFC 3986 section 5.4. */
    private static final TestRequest BASE =
            TestRequest.get("/b/c/d;p").withHost("a").withQuery("q");

    private static final String OTHER = "other";

    private static String show(@Nullable UrlReference reference) {
        if (reference == null) {
            return OTHER;
        }
        return reference.rawQuery() == null ? reference.rawPath() : reference.rawPath() + '?' + reference.rawQuery();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', textBlock = """
            g:h,           other
            g,             /b/c/g
            ./g,           /b/c/g
            g/,            /b/c/g/
            /g,            /g
            //g,           other
            ?y,            /b/c/d;p?y
            g?y,           /b/c/g?y
            #s,            /b/c/d;p?q
            g#s,           /b/c/g
            g?y#s,         /b/c/g?y
            ;x,            /b/c/;x
            g;x,           /b/c/g;x
            g;x?y#s,       /b/c/g;x?y
            ~~,            /b/c/d;p?q
            .,             /b/c/
            ./,            /b/c/
            ..,            /b/
            ../,           /b/
            ../g,          /b/g
            ../..,         /
            ../../,        /
            ../../g,       /g
            ../../../g,    /g
            ../../../../g, /g
            /./g,          /g
            /../g,         /g
            g.,            /b/c/g.
            .g,            /b/c/.g
            g..,           /b/c/g..
            ..g,           /b/c/..g
            ./../g,        /b/g
            ./g/.,         /b/c/g/
            g/./h,         /b/c/g/h
            g/../h,        /b/c/h
            g;x=1/./y,     /b/c/g;x=1/y
            g;x=1/../y,    /b/c/y
            g?y/./x,       /b/c/g?y/./x
            g?y/../x,      /b/c/g?y/../x
            g#s/./x,       /b/c/g
            g#s/../x,      /b/c/g
            http:g,        other
            """)
    @DisplayName("RFC 3986 section 5.4: examples")
    void resolve_example_isResolved(String reference, String expected) {
        assertEquals(expected, show(UrlReference.resolve(reference, TargetUrl.of(BASE))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /x?                        | /x?                | an empty query is one
            ?                          | /b/c/d;p?          | an empty query replaces one
            #                          | /b/c/d;p?q         | an empty fragment
            /x#?y                      | /x                 | a question mark in a fragment
            /x?y?z                     | /x?y?z             | a question mark in a query
            /a//b/                     | /a//b/             | empty segments stay
            /a//../b                   | /a/b               | an empty segment is one
            /a/.//b                    | /a//b              | dot before an empty segment
            /.//x                      | //x                | a path with two slashes at its start
            /a/b/../..                 | /                  | to the root
            /a/...                     | /a/...             | three dots are a name
            /%61/%2e%2E/%2f            | /%61/%2e%2E/%2f    | RFC 3986 section 6.2.2: octets stay encoded
            /a;v=1,2/b:c@d             | /a;v=1,2/b:c@d     | all of a path
            ./b:c                      | /b/c/b:c           | RFC 3986 section 4.2: a colon in a segment
            /-._~!$&'()*+,;=:@         | /-._~!$&'()*+,;=:@ | every character of a path
            ?-._~!$&'()*+,;=:@/?%00    | /b/c/d;p?-._~!$&'()*+,;=:@/?%00 | every character of a query
            http://a                   | /                  | RFC 9110 section 4.2.3: an empty path
            http://a?x                 | /?x                | a query after the authority
            http://a#x                 | /                  | a fragment after the authority
            http://a/x/../y?z          | /y?z               | dot segments in a URL
            //a/x                      | /x                 | without scheme
            //a                        | /                  | without scheme and path
            HTTP://A/X                 | /X                 | RFC 9110 section 4.2.3: letter case
            http://a:80/x              | /x                 | the scheme's own port
            http://a:/x                | /x                 | an empty port
            http://a:0080/x            | /x                 | zeros before the port
            //a:80                     | /                  | port without scheme
            http://a/x:y               | /x:y               | a colon in the path
            """)
    @DisplayName("RFC 3986 section 5.2: within the origin")
    void resolve_sameOrigin_givesPathAndQuery(String reference, String expected, String cause) {
        assertEquals(expected, show(UrlReference.resolve(reference, TargetUrl.of(BASE))), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://a/x               | another scheme
            http://b/x                | another host
            http://a.b/x              | a host within
            http://a./x               | a dot at the end
            http://%61/x              | an encoded host
            http://a:81/x             | another port
            http://a:443/x            | another scheme's port
            http://a:0/x              | no port
            http://a:65536/x          | beyond all ports
            http://a:4294967376/x     | beyond an int
            http://a:x/x              | no number
            http://a:-80/x            | no number
            http://a:80:80/x          | two ports
            http://u@a/x              | RFC 9110 section 4.2.4: user information
            http://u:p@a/x            | RFC 9110 section 4.2.4: user information
            http://a:80@b/x           | user information that looks like the origin
            http://a@b/x              | user information that looks like the origin
            http://a\\@b/x            | a backslash
            http:///x                 | no host
            http://:80/x              | no host
            http:/x                   | no authority
            http:                     | no authority
            ///x                      | no host
            http://[a]/x              | brackets around a name
            http://[]/x               | brackets around nothing
            http://[a/x               | half brackets
            :/x                       | no scheme
            mailto:a@a                | no path
            1:x                       | a colon in the first segment
            x:y                       | a colon in the first segment
            """)
    @DisplayName("RFC 9110 section 4.3.1: another origin")
    void resolve_otherOrigin_isNull(String reference, String cause) {
        assertNull(UrlReference.resolve(reference, TargetUrl.of(BASE)), cause);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " /x",
                "/x ",
                "/a b",
                "/a|b",
                "/a\\b",
                "\\x",
                "/a\"b",
                "/<a>",
                "/a^b",
                "/`",
                "/{a}",
                "/[a]",
                "/é",
                "/\u212A",
                "/a\tb",
                "/a\r\nb",
                "/\u0000",
                "/\u007f",
                "/%",
                "/%4",
                "/%4g",
                "/%g4",
                "/%\uFF14\uFF11",
                "x?a b",
                "x?a|b",
                "x?%4",
                "x?[a]",
                "/x#a b",
                "/x#%zz",
                "/x#a#b",
                "/x##",
                "#a#",
                "http://a/a b",
                "http://a/%4",
                "//a/|",
                "x?%4#1"
            })
    @DisplayName("RFC 3986 appendix A: what is no reference")
    void resolve_noReference_isNull(String reference) {
        assertNull(UrlReference.resolve(reference, TargetUrl.of(BASE)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https | example.com | 443  | https://example.com/x        | /x    | the scheme's own port
            https | example.com | 443  | //EXAMPLE.com/x              | /x    | letter case
            https | example.com | 443  | http://example.com/x         | other | another scheme
            https | example.com | 443  | http://example.com:443/x     | other | another scheme
            http  | example.com | 8080 | http://example.com/x         | other | the scheme's own port
            http  | example.com | 8080 | http://example.com:8080/x    | /x    | the request's port
            http  | example.com | 8080 | /x                           | /x    | no authority
            HTTP  | Example.COM | 80   | http://example.com/x         | /x    | letter case of the request
            http  | [::1]       | 80   | http://[::1]/x               | /x    | an address
            http  | ::1         | 80   | http://[::1]:80/x            | /x    | an address without brackets
            http  | [2001:DB8::1] | 8080 | http://[2001:db8::1]:8080/x | /x   | an address and a port
            http  | [::1]       | 80   | http://[::2]/x               | other | another address
            http  | [::1]       | 80   | http://::1/x                 | other | no brackets
            http  | ::1         | 80   | http://[::1/x                | other | half brackets
            http  | ::1         | 80   | http://[::1]80/x             | other | no colon before the port
            http  | 127.0.0.1   | 80   | http://127.0.0.1/x           | /x    | an address of four numbers
            http  | \u212A      | 80   | http://k/x                   | other | letter case of ASCII only
            http  | {           | 80   | http://[/x                   | other | what is beside the letters
            ws    | example.com | 80   | ws://example.com/x           | other | a scheme whose port is not known
            ws    | example.com | 80   | ws://example.com:80/x        | /x    | a scheme and its port
            """)
    @DisplayName("RFC 9110 section 4.3.1: scheme, host and port")
    void resolve_authority_isCompared(
            String scheme, String host, int port, String reference, String expected, String cause) {
        TestRequest request =
                TestRequest.get("/p").withScheme(scheme).withHost(host).withPort(port);

        assertEquals(expected, show(UrlReference.resolve(reference, TargetUrl.of(request))), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            /a/b/../c | none | ''   | /a/b/../c | the request's path stays as it is
            /a/b/../c | none | x    | /a/x      | dot segments go when paths are merged
            /         | q    | x    | /x        | the root
            /         | q    | ..   | /         | above the root
            /a b/c    | x^   | ''   | /a b/c?x^ | the request's characters are not judged
            //a       | none | x    | //x       | empty segments of the request
            *         | none | x    | other     | a request without a path
            *         | none | ''   | other     | a request without a path
            ''        | none | x    | other     | a request without a path
            *         | none | /x   | other     | a request without a path
            """)
    @DisplayName("RFC 3986 section 5.2.3: the request's path and query")
    void resolve_basePath_isMerged(
            String path, @Nullable String query, String reference, String expected, String cause) {
        TestRequest request = TestRequest.get(path).withQuery(query);

        assertEquals(expected, show(UrlReference.resolve(reference, TargetUrl.of(request))), cause);
    }

    @Test
    void resolve_longReference_isNull() {
        String longest = "/" + "x".repeat(UrlReference.MAX_CHARACTERS - 1);

        assertEquals(new UrlReference(longest, null), UrlReference.resolve(longest, TargetUrl.of(BASE)));
        assertNull(UrlReference.resolve(longest + "x", TargetUrl.of(BASE)));
    }

    @Test
    @DisplayName("RFC 3986 section 5.2: as java.net.URI does it, where that follows the RFC")
    void resolve_anyReference_agreesWithTheJdk() {
        long seed = 20_260_209;
        Random random = new Random(seed);
        String[] pieces = {"a", "/", "b;c", "?x", "#y", "%41", "/../b", "/./", "//a", "http://a", ":", "&", "/c"};
        URI base = URI.create("http://a/b/c/d;p?q");
        int compared = 0;
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            UrlReference reference = UrlReference.resolve(text.toString(), TargetUrl.of(BASE));
            if (reference == null) {
                continue;
            }
            URI relative = URI.create(text.toString());
            // java.net.URI follows RFC 2396 for references without a path, and merges empty segments away.
            if (relative.getRawPath().isEmpty() || relative.getRawPath().contains("//")) {
                continue;
            }
            URI target = base.resolve(relative).normalize();
            String path = target.getRawPath();
            while (path.startsWith("/..")) {
                path = path.substring(3);
            }
            assertEquals(path.isEmpty() ? "/" : path, reference.rawPath(), "seed " + seed + ": " + text);
            assertEquals(target.getRawQuery(), reference.rawQuery(), "seed " + seed + ": " + text);
            compared++;
        }
        assertTrue(compared > 1_000, "seed " + seed + " gave " + compared + " references");
    }

    @Test
    void resolve_anyBytes_givesAReferenceToItself() {
        long seed = 20_260_210;
        Random random = new Random(seed);
        String likely = "//..a:?#%41[]@";
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(20)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte)
                        (random.nextInt(9) > 0 ? likely.charAt(random.nextInt(likely.length())) : random.nextInt());
            }
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            UrlReference reference = UrlReference.resolve(text, TargetUrl.of(BASE));
            if (reference != null) {
                valid++;
                String message = "seed " + seed + ": " + text;
                assertTrue(reference.rawPath().startsWith("/"), message);
                assertEquals(reference, UrlReference.resolve("//a" + show(reference), TargetUrl.of(BASE)), message);
            }
        }
        assertTrue(valid > 1_000, "seed " + seed + " gave " + valid + " references");
    }
}
