package dev.pagecache.proof;

import dev.pagecache.policy.Reason;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is added to methods of the filter: results and arguments in place of their own. */
@SuppressWarnings({"UnusedVariable", "UnusedMethod", "ParameterReassignment"}) // they become part of other methods
final class Advices {
    private Advices() {}

    /** Yes. */
    static final class True {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = true;
        }
    }

    /** No. */
    static final class False {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = false;
        }
    }

    /** The number 0. */
    static final class Zero {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int result) {
            result = 0;
        }
    }

    /** Nothing speaks against it. */
    static final class NoReason {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) @Nullable Reason result) {
            result = null;
        }
    }

    /** A cookie does not speak against it. */
    static final class NotForCookies {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) @Nullable Reason result) {
            if (result == Reason.SET_COOKIE) {
                result = null;
            }
        }
    }

    /** An empty list. */
    static final class NoElements {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) List<String> result) {
            result = List.of();
        }
    }

    /** As many strings, none of which is there. */
    static final class NoValues {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) @Nullable String[] result) {
            result = new String[result.length];
        }
    }

    /** The same third argument always. */
    static final class OneHost {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 2, readOnly = false) String host) {
            host = "one";
        }
    }

    /** No seventh argument. */
    static final class NoQuery {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 6, readOnly = false) @Nullable String query) {
            query = null;
        }
    }

    /** A length that nobody has said. */
    static final class UnknownLength {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) long length) {
            length = -1;
        }
    }

    /** Nothing is done. */
    static final class Skipped {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }
}
