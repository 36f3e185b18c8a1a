package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BodyTest {
    private static final byte[] ARRAY = {10, 11, 12, 13};

    @Test
    void toBytes_range_isACopyOfItAlone() {
        Body body = Body.of(ARRAY, 1, 2);
        assertArrayEquals(new byte[] {11, 12}, body.toBytes());
        assertEquals(1, body.offset());
        assertEquals(2, body.length());
        assertEquals(4, body.retainedBytes());
        body.toBytes()[0] = 0;
        assertEquals(11, ARRAY[1]);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a start before the array,  -1, 2
            a negative length,         1,  -1
            an end after the array,    1,  4
            """)
    void of_rangeOutsideTheArray_isRefused(String sentence, int offset, int length) {
        assertThrows(IndexOutOfBoundsException.class, () -> Body.of(ARRAY, offset, length), sentence);
    }
}
