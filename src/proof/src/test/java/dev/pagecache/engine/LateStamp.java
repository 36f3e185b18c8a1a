package dev.pagecache.engine;

import net.bytebuddy.asm.Advice;

/** Gives a page, when it is sealed, the stamp of that moment in place of the one of its rendering's beginning. */
public final class LateStamp {
    private LateStamp() {}

    @SuppressWarnings({"UnusedVariable", "UnusedMethod", "ParameterReassignment"}) // becomes part of the method
    @Advice.OnMethodExit
    static void seal(@Advice.FieldValue("engine") Engine engine, @Advice.Return(readOnly = false) SealedPage sealed) {
        sealed = new SealedPage(sealed.page().withStamp(engine.revocations().now()), sealed.names());
    }
}
