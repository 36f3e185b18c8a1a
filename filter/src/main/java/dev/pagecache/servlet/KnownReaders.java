package dev.pagecache.servlet;

import java.lang.StackWalker.StackFrame;

/**
 * Code of frameworks that asks who the client is and never tells the page: what it reads is no input.
 *
 * <p>Spring MVC tells listeners of each request with address and user of the client, after the page is made
 * ({@code FrameworkServlet.publishRequestHandledEvent}); else no page of it could be stored.
 */
final class KnownReaders {
    private static final StackWalker WALKER = StackWalker.getInstance();

    /** Wrappers of the request that stand between reader and view. */
    private static final int MAX_FRAMES = 16;

    private KnownReaders() {}

    /** Whether such code is asking on this thread. Costs some microseconds: asked for what would forbid storing. */
    static boolean areAsking() {
        return WALKER.walk(frames -> frames.limit(MAX_FRAMES).anyMatch(KnownReaders::isKnown));
    }

    private static boolean isKnown(StackFrame frame) {
        return frame.getMethodName().equals("publishRequestHandledEvent")
                && frame.getClassName().equals("org.springframework.web.servlet.FrameworkServlet");
    }
}
