package dev.pagecache.proof;

import java.util.List;

/** The Redis servers behind the nodes, and what can befall them. */
interface Topology extends AutoCloseable {

    /** What a node is configured with. */
    String location(int node);

    /** The faults that this topology knows. */
    List<Fault> faults();

    @Override
    void close();
}
