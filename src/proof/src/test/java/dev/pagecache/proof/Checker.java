package dev.pagecache.proof;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a right answer from a wrong one. Knows nothing of caches: every answer must be one that the application could
 * have given to this very request, and not too long ago.
 *
 * <p>Safe for use by many threads.
 */
final class Checker {
    private static final int NOT_MODIFIED = 304;

    private final long slowNanos;

    /** Names that were said already, by their numbers. */
    private final BitSet saidNames = new BitSet();

    /** @param slow longest time of an answer */
    Checker(Duration slow) {
        this.slowNanos = slow.toNanos();
    }

    /**
     * What is wrong with an answer.
     *
     * @param asked what was asked for
     * @param answer what came
     * @param latest version of the data when it had come
     * @return the worst of it, or null if it is right
     */
    @Nullable
    Violation check(Asked asked, Answer answer, long latest) {
        Violation.@Nullable Type type = wrong(asked, answer, latest);
        return type == null ? null : new Violation(type, asked + " got " + answer);
    }

    /**
     * What is wrong with the answer to a HEAD, which is that to a GET but for the body.
     *
     * @param asked what was asked for; its held version is that of the entity tag in the answer, -1 if nobody knows
     * @param answer what came
     * @param latest version of the data when it had come
     * @return the worst of it, or null if it is right
     */
    @Nullable
    Violation checkHead(Asked asked, Answer answer, long latest) {
        Violation.@Nullable Type type = wrongHead(asked, answer, latest);
        return type == null ? null : new Violation(type, "HEAD, " + asked + " got " + answer);
    }

    private Violation.@Nullable Type wrongHead(Asked asked, Answer answer, long latest) {
        if (!answer.isWhole()) {
            return Violation.Type.CUT_OFF;
        }
        if (answer.status() != 200) {
            return Violation.Type.STATUS;
        }
        if (areFieldsWrong(answer)) {
            return Violation.Type.FIELDS;
        }
        return asked.heldVersion() < 0 ? null : wrongVersion(asked.heldVersion(), asked.due(), latest);
    }

    private Violation.@Nullable Type wrong(Asked asked, Answer answer, long latest) {
        boolean mayFail = asked.item().kind().mayFail();
        Violation.@Nullable Type type;
        if (!answer.isWhole()) {
            type = mayFail ? null : Violation.Type.CUT_OFF;
        } else if (answer.status() == 200) {
            type = wrongPage(asked, answer, latest);
        } else if (answer.status() == NOT_MODIFIED && asked.heldVersion() >= 0) {
            type = wrongVersion(asked.heldVersion(), asked.due(), latest);
        } else {
            boolean isOwnError = mayFail
                    && (answer.status() == 500 || answer.status() == 503)
                    && answer.origin() != Origin.HIT
                    && answer.origin() != Origin.STALE;
            type = isOwnError ? null : Violation.Type.STATUS;
        }
        if (type != null) {
            return type;
        }
        if (answer.isWhole() && (isLengthWrong(answer) || areFieldsWrong(answer))) {
            return Violation.Type.FIELDS;
        }
        return answer.nanos() > slowNanos ? Violation.Type.SLOW : null;
    }

    private Violation.@Nullable Type wrongPage(Asked asked, Answer answer, long latest) {
        Identity said = ProofBody.read(answer.body());
        if (said == null) {
            return Violation.Type.TORN;
        }
        Item item = asked.item();
        boolean isUnique = item.kind().isUnique();
        Identity right = new Identity(
                Identity.SITE,
                item.host(),
                item.path(),
                item.query(),
                asked.variant(),
                isUnique ? said.user() : asked.user(),
                said.version());
        if (!said.equals(right)) {
            return said.withUser(right.user()).equals(right) ? Violation.Type.OTHER_USER : Violation.Type.FOREIGN_PAGE;
        }
        if (isUnique && !isNew(said.user())) {
            return Violation.Type.REPEATED_NAME;
        }
        return wrongVersion(said.version(), asked.due(), latest);
    }

    private static Violation.@Nullable Type wrongVersion(long version, Acks.Due due, long latest) {
        if (version < due.here()) {
            return Violation.Type.STALE_HERE;
        }
        if (version < due.anywhere()) {
            return Violation.Type.STALE_ANYWHERE;
        }
        return version > latest ? Violation.Type.FUTURE : null;
    }

    private boolean isNew(String name) {
        int number = Integer.parseInt(name.substring(1));
        synchronized (saidNames) {
            boolean isNew = !saidNames.get(number);
            saidNames.set(number);
            return isNew;
        }
    }

    /** Fields that a client takes at their word: an age is a number, each of these is said once. */
    private static boolean areFieldsWrong(Answer answer) {
        String age = answer.field("age");
        if (age != null && !isNumber(age)) {
            return true;
        }
        for (String name : List.of("etag", "cache-status", "date")) {
            String value = answer.field(name);
            if (value != null && value.contains(name.equals("date") ? "GMT, " : ", ")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLengthWrong(Answer answer) {
        String length = answer.field("content-length");
        return length != null && answer.status() == 200 && !length.equals(Integer.toString(answer.body().length));
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.length() < 10 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
