package dev.pagecache.sample.atlas;

/**
 * A language or country.
 *
 * @param code its ISO 639 or ISO 3166 code
 * @param name its name in the reader's language
 * @param own the language's name in itself, or empty if that is the same, if the JDK does not know, or for a country
 */
public record Named(String code, String name, String own) {}
