package dev.pagecache.conformance;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Hands every request on to one origin, and its answer back as it came: status, field lines in their order, body. It
 * adds no field, and it knows nothing of caching. Safe for use by many threads.
 */
final class GatewayServlet extends HttpServlet {
    private static final int MAX_INTERIM_RESPONSES = 32;

    private final InetSocketAddress address;
    private final String authority;
    private final List<Field> announced;

    /**
     * Makes one.
     *
     * @param origin host and port
     * @param announced fields that every request gets, by which a gateway says what it can do; mostly none
     */
    GatewayServlet(InetSocketAddress origin, List<Field> announced) {
        this.announced = List.copyOf(announced);
        this.address = origin;
        this.authority = origin.getHostString() + ":" + origin.getPort();
    }

    /**
     * {@inheritDoc}
     *
     * @throws OriginException where the origin does not answer, breaks off, or cannot be understood
     */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isWhole = false;
        try (OriginConnection origin = new OriginConnection(address, authority)) {
            origin.send(request, announced);
            ResponseHead head = finalHead(origin, request, response);
            ResponseBody body = ResponseBody.of(request.getMethod(), head);
            response.setStatus(head.status());
            for (Field field : HopByHop.without(head.fields())) {
                if (!field.is("Content-Length") || mayDeclareLength(body, head)) {
                    response.addHeader(field.name(), field.value());
                }
            }
            if (!(body instanceof ResponseBody.None)) {
                body.copy(origin.in(), response.getOutputStream());
            }
            isWhole = true;
        } finally {
            if (!isWhole && !response.isCommitted()) {
                response.reset();
            }
        }
    }

    /** A length stays where it is true, or is that of the content which a GET would get (RFC 9110 section 8.6). */
    private static boolean mayDeclareLength(ResponseBody body, ResponseHead head) {
        return body instanceof ResponseBody.Counted || (body instanceof ResponseBody.None && head.status() != 204);
    }

    private static ResponseHead finalHead(
            OriginConnection origin, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ResponseHead head = origin.read();
        for (int i = 0; head.isInterim(); i++) {
            if (head.status() == HttpStatus.SWITCHING_PROTOCOLS_101 || i == MAX_INTERIM_RESPONSES) {
                throw new OriginException("no final response");
            }
            handOn(head, request, response);
            head = origin.read();
        }
        return head;
    }

    /**
     * Sends an interim response. Jetty sends 102 and 103 at once where sendError names them, with all fields that the
     * response has by then: those of filters outside are therefore set aside meanwhile, and the interim ones taken away
     * again. 100 is the container's own, and others cannot be sent by a servlet.
     */
    private static void handOn(ResponseHead head, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean isSent = head.status() == HttpStatus.PROCESSING_102 || head.status() == HttpStatus.EARLY_HINTS_103;
        if (!isSent || request.getProtocol().equals("HTTP/1.0")) {
            return;
        }
        List<Field> set = fields(response);
        clear(response);
        for (Field field : HopByHop.without(head.fields())) {
            response.addHeader(field.name(), field.value());
        }
        try {
            response.sendError(head.status());
        } finally {
            clear(response);
            for (Field field : set) {
                response.addHeader(field.name(), field.value());
            }
        }
    }

    private static List<Field> fields(HttpServletResponse response) {
        List<Field> fields = new ArrayList<>();
        for (String name : response.getHeaderNames()) {
            for (String value : response.getHeaders(name)) {
                fields.add(new Field(name, value));
            }
        }
        return fields;
    }

    private static void clear(HttpServletResponse response) {
        for (String name : List.copyOf(response.getHeaderNames())) {
            response.setHeader(name, null);
        }
    }
}
