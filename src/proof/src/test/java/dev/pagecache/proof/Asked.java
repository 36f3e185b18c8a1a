package dev.pagecache.proof;

/**
 * What a client asked for.
 *
 * @param node number of the node
 * @param item the URL
 * @param variant value of the header by which the page may vary, or {@link Identity#NONE}
 * @param user for whom the page must be; without effect where it is unique
 * @param heldVersion version of the page that the client has and named by its entity tag, or -1
 * @param due the least versions that are right
 */
record Asked(int node, Item item, String variant, String user, long heldVersion, Acks.Due due) {}
