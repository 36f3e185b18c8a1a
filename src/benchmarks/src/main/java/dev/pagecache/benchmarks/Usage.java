package dev.pagecache.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process used since its start.
 *
 * @param cpuNanos processor time of all its threads, those of the JVM included
 * @param allocatedBytes bytes allocated by its living Java threads
 */
record Usage(long cpuNanos, long allocatedBytes) {

    static Usage now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Usage(system.getProcessCpuTime(), allocated);
    }

    Usage minus(Usage earlier) {
        return new Usage(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
    }

    String toLine() {
        return cpuNanos + " " + allocatedBytes;
    }

    static Usage parse(String line) {
        int space = line.indexOf(' ');
        return new Usage(Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
    }
}
