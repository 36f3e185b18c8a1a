package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
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
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
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
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(folder.toString());
        context.setParentLoaderPriority(true);
        context.addConfiguration(new AnnotationConfiguration());
        context.setThrowUnavailableOnStartupException(true);
        server.setHandler(context);
        server.start();
        try (RawClient client = new RawClient(connector.getLocalPort())) {
            Reply miss = client.send("GET", "/p");
            Reply second = client.send("GET", "/p");
            assertEquals("render 1", miss.text());
            assertEquals(isOn, second.isHit(), second::toString);
            if (!isOn) {
                assertFalse(second.has("Cache-Status"), second::toString);
            }
        } finally {
            server.stop();
        }
    }
}
