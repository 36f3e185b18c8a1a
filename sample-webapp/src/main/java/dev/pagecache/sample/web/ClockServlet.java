package dev.pagecache.sample.web;

import dev.pagecache.NeverCache;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time, which nobody may store. */
@NeverCache
@WebServlet(name = "clock", urlPatterns = "/clock")
public final class ClockServlet extends HttpServlet {

    /**
     * What the page shows.
     *
     * @param time hours, minutes, seconds and milliseconds in UTC
     * @param date the day in UTC
     */
    public record Model(String time, String date) {}

    /** Called by the container. */
    public ClockServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "clock");
        ZonedDateTime now = Instant.now().atZone(ZoneOffset.UTC);
        view.show(
                "Clock",
                new Model(
                        DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).format(now),
                        DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH)
                                .format(now)));
    }
}
