package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeltaSecondsTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            0                           ; 0          ; true
            600                         ; 600        ; true
            0600                        ; 600        ; true
            2147483647                  ; 2147483647 ; true
            2147483648                  ; 2147483648 ; true
            2147483649                  ; 2147483648 ; true
            99999999999                 ; 2147483648 ; true
            99999999999999999999999999  ; 2147483648 ; true
            "30"                        ; 30         ; true
            -1                          ; 0          ; false
            +1                          ; 0          ; false
            1.5                         ; 0          ; false
            100a                        ; 0          ; false
            a100                        ; 0          ; false
            '30'                        ; 0          ; false
            ""                          ; 0          ; false
            "30                         ; 0          ; false
            "3\\0"                      ; 0          ; false
            ~ 30~                       ; 0          ; false
            ~30 ~                       ; 0          ; false
            ~~                          ; 0          ; false
            ~٣٠~                        ; 0          ; false
                                        ; 0          ; false
            """)
    @DisplayName("RFC 9111 sections 1.2.2 and 5.2: delta-seconds")
    void parse_argument_isRead(@Nullable String argument, long seconds, boolean isValid) {
        assertEquals(new DeltaSeconds(seconds, isValid), DeltaSeconds.parse(argument));
    }

    @Test
    void new_outOfRange_isClamped() {
        assertEquals(DeltaSeconds.MAX, new DeltaSeconds(Long.MAX_VALUE, true));
        assertEquals(0, new DeltaSeconds(-5, true).seconds());
        assertEquals(0, new DeltaSeconds(5, false).seconds());
    }
}
