package dev.pagecache.sample.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VisitorTest {

    @Test
    void keeping_sameAgain_movesToFront() {
        Visitor visitor = Visitor.NEW.keeping("0041").keeping("0042").keeping("0041");
        assertEquals(List.of("0041", "0042"), visitor.kept());
    }

    @Test
    void keeping_thirteenth_forgetsTheOldest() {
        Visitor visitor = Visitor.NEW;
        for (char c = 'A'; c <= 'M'; c++) {
            visitor = visitor.keeping(Integer.toHexString(c));
        }
        assertEquals(12, visitor.kept().size());
        assertEquals("42", visitor.kept().get(11));
    }

    @Test
    void named_longName_isCut() {
        assertEquals("x".repeat(40), Visitor.NEW.named("  " + "x".repeat(60)).nickname());
    }
}
