package dev.pagecache.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Status and fields of one response, final or interim.
 *
 * @param status 100 to 999
 * @param fields all lines in their order
 */
record ResponseHead(int status, List<Field> fields) {
    ResponseHead {
        fields = List.copyOf(fields);
    }

    /**
     * Reads the next one.
     *
     * @throws OriginException where it cannot be understood
     */
    static ResponseHead read(WireReader in) throws IOException {
        List<String> lines = in.lines();
        if (lines.isEmpty()) {
            throw new OriginException("no status line");
        }
        int status = status(lines.get(0));
        List<Field> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            fields.add(Field.parse(line));
        }
        return new ResponseHead(status, fields);
    }

    boolean isInterim() {
        return status < 200;
    }

    /** The values of all lines of a field. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.is(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    private static int status(String line) throws OriginException {
        boolean isHttp = line.length() >= 12 && line.startsWith("HTTP/1.") && line.charAt(8) == ' ';
        if (!isHttp || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new OriginException("no status line of HTTP/1");
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new OriginException("a status that is no number");
            }
            status = status * 10 + digit;
        }
        if (status < 100) {
            throw new OriginException("a status below 100");
        }
        return status;
    }
}
