package dev.pagecache.admin;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of pages (sitemaps.org protocol 0.9). It is taken as hostile: one with a document type is refused, no
 * entity is resolved, and pages of other origins are left out.
 */
final class Sitemap {
    /** Most bytes of a sitemap. */
    static final int MAX_BYTES = 10 << 20;

    /** Most pages of one, which the protocol sets. */
    static final int MAX_PAGES = 50_000;

    private Sitemap() {}

    /**
     * The pages that it names.
     *
     * @param xml its bytes
     * @param base origin of the pages wanted
     * @return paths with their queries, as they are to be asked for
     * @throws IllegalArgumentException if it is no sitemap, has a document type, or too many pages
     */
    static List<String> paths(byte[] xml, URI base) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return paths(reader, base);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("sitemap: it is no well-formed XML, or has entities", e);
        }
    }

    private static List<String> paths(XMLStreamReader reader, URI base) throws XMLStreamException {
        List<String> paths = new ArrayList<>();
        int pages = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new IllegalArgumentException("sitemap: it has a document type or an entity");
            }
            if (event == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("loc")) {
                pages++;
                if (pages > MAX_PAGES) {
                    throw new IllegalArgumentException("sitemap: it has more than " + MAX_PAGES + " pages");
                }
                String path = path(reader.getElementText().strip(), base);
                if (path != null) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    /** Path and query of a URL, or null if it is of another origin, or none. */
    static @Nullable String path(String url, URI base) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
        if (uri.getRawUserInfo() != null
                || uri.getHost() == null
                || !origin(uri).equals(origin(base))) {
            return null;
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Scheme, host and effective port. */
    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
