package dev.pagecache.metrics;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of one web application in the JVM's MBean server. A server that refuses them costs a line in the log, and no
 * start.
 *
 * <p>Two applications with one context path, such as those of two virtual hosts, are told apart by {@code instance=2}
 * and so on, in the order of their start.
 *
 * <p>Safe for use by many threads.
 */
public final class RegisteredMeters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.pagecache");

    /** Applications of one path in one JVM are a few; what refuses so many names will refuse the next one. */
    private static final int MAX_INSTANCES = 1_000;

    private final MBeanServer server;
    private final String context;
    private final List<ObjectName> names = new ArrayList<>();

    /**
     * None yet, of an application in the platform's server.
     *
     * @param contextPath the application's context path, empty for the root
     */
    public RegisteredMeters(String contextPath) {
        this(contextPath, ManagementFactory.getPlatformMBeanServer());
    }

    /** None yet, in a server. */
    RegisteredMeters(String contextPath, MBeanServer server) {
        this.context = contextPath.isEmpty() ? "/" : contextPath;
        this.server = server;
    }

    /**
     * Registers the meters of a cache.
     *
     * @param meters them
     */
    public synchronized void register(CacheMeters meters) {
        try {
            for (int instance = 1; instance <= MAX_INSTANCES; instance++) {
                ObjectName name = name(meters.alias(), instance);
                if (isRegistered(meters, name)) {
                    names.add(name);
                    return;
                }
            }
        } catch (JMException e) {
            LOG.warn("The meters of cache {} at {} cannot be registered", meters.alias(), context, e);
        }
    }

    private boolean isRegistered(CacheMeters meters, ObjectName name) throws JMException {
        try {
            server.registerMBean(meters, name);
            return true;
        } catch (InstanceAlreadyExistsException e) {
            return false;
        }
    }

    private ObjectName name(String alias, int instance) throws JMException {
        String plain = "dev.pagecache:type=PageCache,context=" + quoted(context) + ",cache=" + alias;
        return new ObjectName(instance == 1 ? plain : plain + ",instance=" + instance);
    }

    /** A path with a character that object names give a meaning to is quoted. */
    private static String quoted(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (",=:\"*?\n".indexOf(path.charAt(i)) >= 0) {
                return ObjectName.quote(path);
            }
        }
        return path;
    }

    /** Takes all of them out. */
    @Override
    public synchronized void close() {
        for (ObjectName name : names) {
            try {
                server.unregisterMBean(name);
            } catch (JMException e) {
                LOG.debug("The meters {} were gone already", name, e);
            }
        }
        names.clear();
    }
}
