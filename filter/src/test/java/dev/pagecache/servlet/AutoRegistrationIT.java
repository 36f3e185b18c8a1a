package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web application that does nothing but annotate a servlet, in a container that looks for initializers itself. */
final class AutoRegistrationIT {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void annotatedServlet_inAWebApplication_isCachedUnlessSwitchedOff(boolean isOn, @TempDir Path folder)
            throws Exception {
        Path webInf = Files.createDirectories(folder.resolve("WEB-INF"));
        Files.writeString(
                webInf.resolve("web.xml"),
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  %s
                  <servlet>
                    <servlet-name>page</servlet-name>
                    <servlet-class>%s</servlet-class>
                  </servlet>
                  <servlet-mapping>
                    <servlet-name>page</servlet-name>
                    <url-pattern>/p</url-pattern>
                  </servlet-mapping>
                </web-app>
                """.formatted(
                                isOn
                                        ? ""
                                        : "<context-param><param-name>pagecache.auto</param-name>"
                                                + "<param-value>false</param-value></context-param>",
                                ViewCachingIT.Page300.class.getName()),
                StandardCharsets.UTF_8);
        try (TestContainer.Running server = TestContainer.present().startFolder(folder);
                RawClient client = new RawClient(server.port())) {
            Reply miss = client.send("GET", "/p");
            Reply second = client.send("GET", "/p");
            assertEquals("render 1", miss.text());
            assertEquals(isOn, second.isHit(), second::toString);
            if (!isOn) {
                assertFalse(second.has("Cache-Status"), second::toString);
            }
        }
    }
}
