package dev.pagecache.servlet;

import jakarta.servlet.ServletException;
import java.io.IOException;

/** Buffers, lengths, statuses, failures and dispatches: how a response comes to its end. */
final class EndBehaviours {
    private final Behaviours all;

    private EndBehaviours(Behaviours all) {
        this.all = all;
    }

    static void addTo(Behaviours all) {
        EndBehaviours behaviours = new EndBehaviours(all);
        behaviours.buffers();
        behaviours.lengths();
        behaviours.statuses();
        behaviours.failures();
        behaviours.dispatches();
    }

    private void buffers() {
        all.stored("flushBuffer first", (request, response) -> {
            response.flushBuffer();
            response.setHeader("X-Late", "1");
            response.setStatus(404);
            response.getWriter().write("x" + response.isCommitted());
        });
        all.stored("flushBuffer in the middle", (request, response) -> {
            response.getWriter().write("one");
            response.flushBuffer();
            response.getWriter().write("two");
        });
        all.stored("flushBuffer last", (request, response) -> {
            response.getWriter().write("one");
            response.flushBuffer();
        });
        all.stored("setBufferSize large", (request, response) -> {
            response.setBufferSize(100_000);
            response.getWriter().write("y".repeat(90_000));
            response.setHeader("X-Committed", String.valueOf(response.isCommitted()));
        });
        all.stored("setBufferSize after output", (request, response) -> {
            response.getWriter().write("a");
            try {
                response.setBufferSize(100_000);
            } catch (IllegalStateException e) {
                response.getWriter().write(" refused");
            }
        });
        all.stored("reset after output", (request, response) -> {
            response.setHeader("X-Gone", "1");
            response.setStatus(404);
            response.getWriter().write("gone");
            response.reset();
            response.setContentType("text/plain");
            response.getOutputStream().print("kept");
        });
        all.stored("resetBuffer after output", (request, response) -> {
            response.setHeader("X-Kept", "1");
            response.getWriter().write("gone");
            response.resetBuffer();
            response.getWriter().write("kept");
        });
        all.stored("resetBuffer after much output of the stream", (request, response) -> {
            response.getOutputStream().write(new byte[2_000]);
            response.resetBuffer();
            response.getOutputStream().print("kept");
        });
        all.stored("reset after flush", (request, response) -> {
            response.getWriter().write("sent");
            response.flushBuffer();
            String outcome = "";
            try {
                response.reset();
            } catch (IllegalStateException e) {
                outcome += " refused";
            }
            try {
                response.resetBuffer();
            } catch (IllegalStateException e) {
                outcome += " refused";
            }
            response.getWriter().write(outcome);
        });
    }

    private void lengths() {
        all.stored("right length", (request, response) -> {
            response.setContentLength(5);
            response.getOutputStream().print("12345");
        });
        all.stored("right long length", (request, response) -> {
            response.setContentLengthLong(50_000L);
            response.getOutputStream().write(new byte[50_000]);
        });
        all.stored("right length as field", (request, response) -> {
            response.setHeader("Content-Length", "3");
            response.getWriter().write("abc");
        });
        all.stored("length reached and no more", (request, response) -> {
            response.setContentLength(3);
            response.getOutputStream().print("abc");
            response.setHeader("X-Late", String.valueOf(response.isCommitted()));
        });
        all.notStored("length zero", (request, response) -> response.setContentLength(0));
        all.notStored("fewer bytes than the length", (request, response) -> {
            response.setContentLength(10);
            response.getOutputStream().print("12345");
        });
        all.notStored("more bytes than the length", (request, response) -> {
            response.setContentLength(3);
            response.getOutputStream().print("12345");
        });
        all.stored("length removed", (request, response) -> {
            response.setContentLength(10);
            response.setContentLengthLong(-1);
            response.getOutputStream().print("12345");
        });
    }

    private void statuses() {
        all.notStored("status 404 with body", (request, response) -> {
            response.setStatus(404);
            response.getWriter().write("not here");
        });
        all.notStored("status 204", (request, response) -> response.setStatus(204));
        all.notStored("status 304", (request, response) -> response.setStatus(304));
        all.notStored("status 299", (request, response) -> response.setStatus(299));
        all.notStored("status 500", (request, response) -> response.setStatus(500));
        all.notStored("sendError", (request, response) -> response.sendError(404));
        all.notStored("sendError with message", (request, response) -> response.sendError(503, "busy <b>"));
        all.notStored("sendError after output", (request, response) -> {
            response.setHeader("X-Kept", "1");
            response.getWriter().write("gone");
            response.sendError(400);
            response.setHeader("X-Late", String.valueOf(response.isCommitted()));
            response.getWriter().write("gone too");
        });
        all.notStored("sendError with stream in use", (request, response) -> {
            response.getOutputStream().print("gone");
            response.sendError(500, "why");
        });
        all.stored("sendError after flush", (request, response) -> {
            response.getWriter().write("sent");
            response.flushBuffer();
            try {
                response.sendError(500);
            } catch (IllegalStateException e) {
                response.getWriter().write(" refused");
            }
        });
        all.notStored("sendError with error page", (request, response) -> response.sendError(410, "gone"));
        all.notStored("redirect relative", (request, response) -> response.sendRedirect("other?x=1"));
        all.notStored("redirect to path", (request, response) -> response.sendRedirect("/other"));
        all.notStored("redirect absolute", (request, response) -> response.sendRedirect("http://other.test/x"));
        if (TestContainer.hasServlet61()) {
            redirectsWithStatus();
        }
        all.notStored("redirect after output", (request, response) -> {
            response.getWriter().write("gone");
            response.sendRedirect("/other");
            response.getWriter().write("gone too");
        });
    }

    private void redirectsWithStatus() {
        all.notStored("redirect 301", (request, response) -> response.sendRedirect("/other", 301));
        all.notStored("redirect 307 keeping the buffer", (request, response) -> {
            response.getWriter().write("kept");
            response.sendRedirect("/other", 307, false);
        });
    }

    private void failures() {
        all.notStored("RuntimeException", (request, response) -> {
            response.setHeader("X-A", "1");
            response.getWriter().write("partial");
            throw new IllegalStateException("boom");
        });
        all.notStored("ServletException", (request, response) -> {
            throw new ServletException("boom");
        });
        all.notStored("IOException", (request, response) -> {
            throw new IOException("boom");
        });
        all.notStored("Error", (request, response) -> {
            throw new StackOverflowError("boom");
        });
        all.foundOutLate("RuntimeException after flush", (request, response) -> {
            response.getWriter().write("partial");
            response.flushBuffer();
            throw new IllegalStateException("boom");
        });
        all.foundOutLate("IOException after much output", (request, response) -> {
            response.getOutputStream().write(new byte[100_000]);
            throw new IOException("boom");
        });
    }

    private void dispatches() {
        all.stored("forward after output", (request, response) -> {
            response.getWriter().write("dropped");
            request.getRequestDispatcher("/target").forward(request, response);
        });
        all.stored("forward", (request, response) -> {
            response.getWriter().write("gone");
            request.getRequestDispatcher("/target").forward(request, response);
        });
        all.stored(
                "forward with query",
                (request, response) ->
                        request.getRequestDispatcher("/target?extra=1").forward(request, response));
        all.stored("include", (request, response) -> {
            response.setContentType("text/plain");
            response.getWriter().write("before ");
            request.getRequestDispatcher("/target").include(request, response);
            response.getWriter().write(" after");
        });
        all.stored("include twice", (request, response) -> {
            request.getRequestDispatcher("/target").include(request, response);
            request.getRequestDispatcher("/target?x").include(request, response);
        });
        all.stored("include by stream", (request, response) -> {
            response.getOutputStream().print("before ");
            request.getRequestDispatcher("/bytes").include(request, response);
        });
        all.notStored(
                "forward to an error",
                (request, response) -> request.getRequestDispatcher("/broken").forward(request, response));
        all.notStored("include of an exception", (request, response) -> {
            response.getWriter().write("before");
            request.getRequestDispatcher("/throwing").include(request, response);
        });
    }
}
