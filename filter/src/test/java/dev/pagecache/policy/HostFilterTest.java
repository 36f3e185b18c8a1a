package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostFilterTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a name is itself                       | example.com      | example.com          | true
            another is not                         | example.com      | example.org          | false
            nothing below a name                   | example.com      | www.example.com      | false
            a name that ends as one                | example.com      | notexample.com       | false
            a name that begins as one              | example.com      | example.com.evil     | false
            letter case of the request             | example.com      | EXAMPLE.Com          | true
            letter case of the setting             | EXAMPLE.com      | example.com          | true
            only ASCII letters have a case         | kiosk.example    | \u212Aiosk.example   | false
            the dot at the end of the request      | example.com      | example.com.         | true
            the dot at the end of the setting      | example.com.     | example.com          | true
            two dots at the end                    | example.com      | example.com..        | false
            a dot before is the name               | .example.com     | example.com          | true
            a dot before is all below it           | .example.com     | a.b.Example.com.     | true
            a dot before is no other end           | .example.com     | notexample.com       | false
            a dot before and nothing before it     | .example.com     | .example.com         | false
            a star is all below                    | *.example.com    | www.example.com      | true
            a star is not the name itself          | *.example.com    | example.com          | false
            a star is no other end                 | *.example.com    | notexample.com       | false
            a star is not nothing                  | *.example.com    | .example.com         | false
            an address                             | 127.0.0.1        | 127.0.0.1            | true
            an address with colons                 | [::1]            | [::1]                | true
            the same without brackets              | [::1]            | ::1                  | true
            another address                        | [::1]            | [::2]                | false
            one of several                         | a.test .b.test   | x.b.test             | true
            no name                                | example.com      | ''                   | false
            a dot                                  | example.com      | .                    | false
            """)
    void accepts_host_isListedOrNot(String row, String patterns, String host, boolean isListed) {
        HostFilter hosts = HostFilter.of(List.of(patterns.split(" ", -1)));
        assertEquals(isListed, hosts.accepts(host), row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "example.com", "[::1]"})
    void accepts_nothingListed_isEveryHost(String host) {
        assertTrue(HostFilter.ALL.accepts(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "*", "*.", "*.*.com", "a:80", "[a", "a]", "[]", "*.[::1]", "a b", "a/b", "ä"})
    void of_noHostName_isRefused(String pattern) {
        String reason = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> HostFilter.of(List.of("a.test", pattern)))
                        .getMessage());
        assertTrue(reason.startsWith("\"" + pattern + "\" "), reason);
    }
}
