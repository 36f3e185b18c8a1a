package dev.pagecache.policy;

import dev.pagecache.http.ByteRange;
import dev.pagecache.http.ByteRanges;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.AnswerPlan.Part;
import dev.pagecache.policy.AnswerPlan.Parts;
import dev.pagecache.policy.AnswerPlan.Plain;
import java.util.ArrayList;
import java.util.List;

/** How a stored page answers: the client's conditions, then its ranges (RFC 9110 section 13.2.2). */
public final class AnswerRules {
    /** More satisfiable ranges than this get the whole page. */
    static final int MAX_RANGES = 16;

    /** More pairs of ranges that overlap get the whole page (RFC 9110 section 14.2). */
    static final int MAX_OVERLAPS = 2;

    private AnswerRules() {}

    /**
     * What to send of a page that may answer a request. Looks up each request field at most once.
     *
     * @param request a GET or HEAD request
     * @param status status of the page
     * @param response its fields
     * @param contentLength length of its content in bytes, coded as it is stored
     * @return the plan
     */
    public static AnswerPlan assess(RequestFacts request, int status, Fields response, long contentLength) {
        if (status < 200 || status > 299) {
            return Plain.WHOLE;
        }
        if (ConditionRules.isPreconditionFailed(request, response)) {
            return Plain.PRECONDITION_FAILED;
        }
        if (status != 200) {
            return Plain.WHOLE;
        }
        if (ConditionRules.isStoredNotModified(request, response)) {
            return Plain.NOT_MODIFIED;
        }
        String range = request.method().equals("GET") ? request.field("Range") : null;
        if (range == null || refusesRanges(response) || !ConditionRules.isRangeCurrent(request, response)) {
            return Plain.WHOLE;
        }
        ByteRanges ranges = ByteRanges.parse(range);
        return ranges == null ? Plain.WHOLE : assess(ranges, response, contentLength);
    }

    private static AnswerPlan assess(ByteRanges asked, Fields response, long contentLength) {
        if (!asked.isSatisfiable(contentLength)) {
            return Plain.UNSATISFIABLE;
        }
        List<ByteRange> satisfiable = asked.resolve(contentLength);
        if (satisfiable.isEmpty() || isExcessive(satisfiable, contentLength)) {
            return Plain.WHOLE;
        }
        List<ByteRange> ranges = coalesce(satisfiable);
        if (ranges.size() == 1) {
            return new Part(ranges.get(0));
        }
        // Content-Encoding would seem to say of the multipart what holds for its parts only
        return response.has("Content-Encoding") ? Plain.WHOLE : new Parts(ranges);
    }

    /** RFC 9110 section 14.3: who says that it has no ranges is not asked for them again. */
    private static boolean refusesRanges(Fields response) {
        String units = response.first("Accept-Ranges");
        return units != null && units.strip().equalsIgnoreCase("none");
    }

    /** RFC 9110 section 14.2: requests that look like a mistake or an attack. */
    private static boolean isExcessive(List<ByteRange> ranges, long contentLength) {
        if (ranges.size() > MAX_RANGES) {
            return true;
        }
        long total = 0;
        int overlaps = 0;
        for (int i = 0; i < ranges.size(); i++) {
            total += ranges.get(i).length();
            for (int j = 0; j < i; j++) {
                overlaps += ranges.get(i).overlaps(ranges.get(j)) ? 1 : 0;
            }
        }
        return total > contentLength || overlaps > MAX_OVERLAPS;
    }

    /** Joins ranges with no byte between them; a joined one stands where the first of its ranges stood. */
    private static List<ByteRange> coalesce(List<ByteRange> ranges) {
        List<ByteRange> coalesced = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            ByteRange joined = range;
            int place = coalesced.size();
            for (int i = coalesced.size() - 1; i >= 0; i--) {
                if (coalesced.get(i).touches(joined)) {
                    joined = joined.span(coalesced.remove(i));
                    place = i;
                }
            }
            coalesced.add(place, joined);
        }
        return coalesced;
    }

    /**
     * Whether a field of the page belongs into a 206. What speaks of the bytes of one message does not (RFC 9530
     * section 2).
     *
     * @param name field name, letter case ignored
     * @return true if it does
     */
    public static boolean belongsToPart(String name) {
        return !name.equalsIgnoreCase("Content-Digest") && !name.equalsIgnoreCase("Content-MD5");
    }
}
