package dev.pagecache.config;

import dev.pagecache.config.SettingsSource.Given;
import dev.pagecache.policy.HiddenInputs;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PathFilter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All settings that a filter starts with.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param filter the filter's own
 * @param caches those of all caches by alias; {@code default} and the filter's cache are always among them
 * @param warnings sentences to log at the start, about environment variables that look like ours and are not known
 */
public record Settings(FilterSettings filter, Map<String, CacheSettings> caches, List<String> warnings) {
    private static final String DEFAULT_ALIAS = "default";

    /** Copies the collections. */
    public Settings {
        caches = Map.copyOf(caches);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads all settings.
     *
     * @param source where they are looked up
     * @return the settings
     * @throws IllegalArgumentException for a wrong value or an unknown name, naming the parameter, where it was given,
     *     and what is allowed or was perhaps meant; no message holds a password or a secret
     */
    public static Settings read(SettingsSource source) {
        ParameterNames.check(source);
        ParameterReader plain = new ParameterReader(source, false);
        boolean isRfc9111 = plain.read(FilterParameters.IS_RFC9111);
        plain.read(FilterParameters.AUTO);
        FilterSettings filter = filter(new ParameterReader(source, isRfc9111), isRfc9111);

        Set<String> aliases = ParameterNames.aliases(source, filter.cache());
        aliases.add(DEFAULT_ALIAS);
        if (!aliases.contains(filter.cache())) {
            throw unknownCache(source, filter.cache(), aliases);
        }
        Map<String, CacheSettings> caches = new LinkedHashMap<>();
        for (String alias : aliases) {
            CacheLocation location = location(source, plain, alias, filter.redis());
            caches.put(alias, cache(source, plain, alias, location));
        }
        return new Settings(filter, caches, ParameterNames.environmentWarnings(source, aliases));
    }

    /**
     * Whether a filter is to be registered where the application declares none.
     *
     * @param source where {@code auto} is looked up
     * @return true unless it is switched off
     * @throws IllegalArgumentException if the value is neither {@code true} nor {@code false}
     */
    public static boolean isAutoRegistered(SettingsSource source) {
        return new ParameterReader(source, false).read(FilterParameters.AUTO);
    }

    private static FilterSettings filter(ParameterReader reader, boolean isRfc9111) {
        PurgeAccess purge = reader.read(FilterParameters.PURGE);
        BearerToken purgeToken = reader.read(FilterParameters.PURGE_TOKEN);
        if (purge == PurgeAccess.TOKEN && purgeToken == null) {
            throw new IllegalArgumentException(
                    "parameter purge is token, and purge.token is not given; allowed: " + BearerToken.ALLOWED);
        }
        return new FilterSettings(
                reader.read(FilterParameters.SCOPE),
                reader.read(FilterParameters.CACHE),
                policy(reader, isRfc9111),
                reader.read(FilterParameters.COLLAPSE),
                reader.read(FilterParameters.COLLAPSE_WAIT),
                reader.read(FilterParameters.REFRESH_RATE),
                reader.read(FilterParameters.CACHE_STATUS),
                reader.read(FilterParameters.SHOWS_KEY),
                reader.read(FilterParameters.REDIS),
                purge,
                purgeToken);
    }

    private static PagePolicy policy(ParameterReader reader, boolean isRfc9111) {
        return new PagePolicy(
                reader.read(FilterParameters.KEY_PREFIX),
                reader.read(FilterParameters.KEY_PREFIX),
                reader.read(FilterParameters.AUTHORITY),
                reader.read(FilterParameters.HOSTS),
                new PathFilter(reader.read(FilterParameters.INCLUDE), reader.read(FilterParameters.EXCLUDE)),
                null,
                reader.read(FilterParameters.TIMEOUT),
                reader.read(FilterParameters.STATUSES),
                reader.read(FilterParameters.VARY),
                reader.read(FilterParameters.INPUTS),
                Set.copyOf(reader.read(FilterParameters.INPUTS_TRUST)),
                new HiddenInputs(
                        reader.read(FilterParameters.QUERY_IGNORE),
                        reader.read(FilterParameters.QUERY_SORT),
                        reader.read(FilterParameters.COOKIES_IGNORE)),
                reader.read(FilterParameters.HONORS_REQUEST_DIRECTIVES),
                reader.read(FilterParameters.TARGETED_FIELD),
                features(reader, isRfc9111),
                reader.read(FilterParameters.BROWSER_TIMEOUT),
                reader.read(FilterParameters.STALE_WHILE_REVALIDATE),
                reader.read(FilterParameters.STALE_IF_ERROR),
                reader.read(FilterParameters.EARLY_RENEWAL_PERCENT),
                reader.read(FilterParameters.MAX_BODY_BYTES),
                List.of(),
                reader.read(FilterParameters.TAG_FIELDS));
    }

    private static Set<Feature> features(ParameterReader reader, boolean isRfc9111) {
        Set<Feature> features = isRfc9111 ? EnumSet.allOf(Feature.class) : EnumSet.noneOf(Feature.class);
        if (reader.read(FilterParameters.COMPARES_MEANING)) {
            features.add(Feature.MEANING);
        } else {
            features.remove(Feature.MEANING);
        }
        return features;
    }

    private static CacheSettings cache(
            SettingsSource source, ParameterReader reader, String alias, CacheLocation location) {
        String prefix = ParameterNames.cachePrefix(alias);
        reader.read(prefix, CacheParameters.COMPRESSION);
        return new CacheSettings(
                alias,
                location,
                reader.read(prefix, CacheParameters.TIMEOUT),
                reader.read(prefix, CacheParameters.KEY_PREFIX),
                reader.read(prefix, CacheParameters.VERSION),
                reader.read(prefix, CacheParameters.MEMORY_MAX_BYTES),
                reader.read(prefix, CacheParameters.MEMORY_MAX_AGE),
                reader.read(prefix, CacheParameters.REDIS_TIMEOUT),
                reader.read(prefix, CacheParameters.REDIS_POOL_SIZE),
                tracksDeletions(source, reader, prefix, location),
                security(reader, prefix),
                reader.read(prefix, CacheParameters.REDIS_SECRET));
    }

    private static boolean tracksDeletions(
            SettingsSource source, ParameterReader reader, String prefix, CacheLocation location) {
        Parameter<Boolean> parameter = CacheParameters.REDIS_TRACKING;
        boolean isTracking = reader.read(prefix, parameter);
        if (isTracking && location instanceof CacheLocation.Cluster) {
            String name = prefix + parameter.name();
            String reason = "the location is a cluster, each of whose servers would tell of its own keys only";
            throw ParameterReader.wrong(name, "true", origin(source, name), reason, parameter.allowed());
        }
        return isTracking;
    }

    private static RedisSecurity security(ParameterReader reader, String prefix) {
        return new RedisSecurity(
                reader.read(prefix, CacheParameters.REDIS_TRUST_STORE),
                reader.read(prefix, CacheParameters.REDIS_TRUST_STORE_PASSWORD),
                reader.read(prefix, CacheParameters.REDIS_KEY_STORE),
                reader.read(prefix, CacheParameters.REDIS_KEY_STORE_PASSWORD),
                reader.read(prefix, CacheParameters.REDIS_SENTINEL_USER),
                reader.read(prefix, CacheParameters.REDIS_SENTINEL_PASSWORD));
    }

    /** The location of a cache; that of the default cache may stand in {@code redis} instead. */
    private static CacheLocation location(
            SettingsSource source, ParameterReader reader, String alias, @Nullable String redis) {
        String prefix = ParameterNames.cachePrefix(alias);
        CacheLocation location = reader.read(prefix, CacheParameters.LOCATION);
        if (redis == null || !alias.equals(DEFAULT_ALIAS)) {
            return location;
        }
        CacheLocation shorthand = CacheLocation.parse(redis);
        String name = prefix + CacheParameters.LOCATION.name();
        Given given = source.find(name);
        if (given != null && !location.equals(shorthand)) {
            String shorthandName = FilterParameters.REDIS.name();
            throw new IllegalArgumentException("parameters " + shorthandName + " (" + origin(source, shorthandName)
                    + ") and " + name + " (" + given.origin() + ") name different locations; give one of them");
        }
        return shorthand;
    }

    private static IllegalArgumentException unknownCache(SettingsSource source, String alias, Set<String> aliases) {
        String name = FilterParameters.CACHE.name();
        String allowed = String.join(", ", aliases) + ", or an alias of which some option is given, such as "
                + ParameterNames.cachePrefix(alias) + CacheParameters.LOCATION.name();
        return ParameterReader.wrong(name, alias, origin(source, name), "there is no such cache", allowed);
    }

    private static String origin(SettingsSource source, String name) {
        Given given = source.find(name);
        return given == null ? "default" : given.origin();
    }
}
