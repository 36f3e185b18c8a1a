package dev.pagecache.conformance;

import java.io.IOException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** The origin did not answer, or not in a way that can be handed on. Jetty makes a 502 of it where it may still. */
final class OriginException extends IOException implements HttpException {
    OriginException(String message) {
        super(message);
    }

    OriginException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    @Override
    public int getCode() {
        return HttpStatus.BAD_GATEWAY_502;
    }

    @Override
    public String getReason() {
        return String.valueOf(getMessage());
    }
}
