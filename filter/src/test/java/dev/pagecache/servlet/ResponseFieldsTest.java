package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.http.Fields;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResponseFieldsTest {

    @Test
    void read_linesOfOneName_areTogether() throws IOException {
        FakeResponse fake = new FakeResponse("Vary", "A", "X", "1", "vary", "B");
        assertEquals(Fields.of("Vary", "A", "Vary", "B", "X", "1"), ResponseFields.read(fake.response));
    }

    @Test
    void read_contentType_isThereThoughTheContainerKeepsItApart() throws IOException {
        FakeResponse fake = new FakeResponse("X", "1");
        fake.contentType = "text/html;charset=utf-8";
        assertEquals(
                Fields.of("X", "1", "Content-Type", "text/html;charset=utf-8"), ResponseFields.read(fake.response));
        FakeResponse both = new FakeResponse("content-type", "text/plain");
        both.contentType = "text/html";
        assertEquals(Fields.of("content-type", "text/plain"), ResponseFields.read(both.response));
    }

    @Test
    void since_linesOfFiltersOutside_areNotThePages() {
        Fields before = Fields.of("Date", "d", "X-Frame-Options", "DENY", "Vary", "Origin");
        Fields now = Fields.of("Date", "d", "x-frame-options", "DENY", "Vary", "Origin", "Vary", "Accept", "ETag", "e");
        assertEquals(Fields.of("Vary", "Origin", "Vary", "Accept", "ETag", "e"), ResponseFields.since(before, now));
        assertEquals(Fields.empty(), ResponseFields.since(before, Fields.empty()));
    }

    @Test
    void set_severalLinesOfOneName_areAllSent() throws IOException {
        FakeResponse fake = new FakeResponse("Link", "old", "X", "1");
        ResponseFields.set(fake.response, Fields.of("Link", "a", "link", "b", "Y", "2"));
        assertEquals(List.of("a", "b"), fake.all("Link"));
        assertEquals(List.of("1"), fake.all("X"));
        assertEquals(List.of("2"), fake.all("Y"));
    }
}
