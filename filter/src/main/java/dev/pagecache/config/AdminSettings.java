package dev.pagecache.config;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an AdminServlet. Its text form shows no token.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param token what every request has to bring
 * @param warmBase where the site is asked for its pages, or null if there is no warming
 * @param warmRate most such requests per second, 1 or more
 */
public record AdminSettings(BearerToken token, @Nullable URI warmBase, int warmRate) {
    private static final String PREFIX = "admin.";

    /**
     * Reads the settings of a servlet.
     *
     * @param initParams the servlet's init-params, whose names leave out {@code admin.}
     * @param contextParams the application's context-params
     * @return the settings
     * @throws IllegalArgumentException for a wrong value, an init-param that is none, or a token that is missing; no
     *     message holds a token
     */
    public static AdminSettings read(Map<String, String> initParams, Map<String, String> contextParams) {
        Map<String, String> named = new TreeMap<>();
        initParams.forEach((name, value) -> named.put(parameterName(name), value));
        ParameterReader reader = new ParameterReader(SettingsSource.ofSystem(named, contextParams, "servlet"), false);
        BearerToken token = reader.read(AdminParameters.TOKEN);
        if (token == null) {
            throw new IllegalArgumentException("parameter admin.token is not given, and the AdminServlet does not start"
                    + " without: give it as environment variable "
                    + SettingsSource.environmentName(AdminParameters.TOKEN.name())
                    + ", init-param token, or context-param pagecache.admin.token; allowed: "
                    + AdminParameters.TOKEN.allowed());
        }
        return new AdminSettings(token, reader.read(AdminParameters.WARM_BASE), reader.read(AdminParameters.WARM_RATE));
    }

    private static String parameterName(String initParam) {
        for (Parameter<?> parameter : AdminParameters.ALL) {
            String name = parameter.name();
            String shortName = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
            if (shortName.equals(initParam)) {
                return name;
            }
        }
        throw new IllegalArgumentException(
                "there is no init-param " + initParam + " of the AdminServlet; known are token, warm.base, warm.rate");
    }
}
