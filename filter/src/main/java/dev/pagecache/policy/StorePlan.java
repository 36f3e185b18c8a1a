package dev.pagecache.policy;

import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.PageTraits;
import dev.pagecache.http.Fields;
import java.util.List;

/** Whether a response is stored. */
public sealed interface StorePlan {

    /**
     * It is not.
     *
     * @param reason why
     */
    record Refuse(Reason reason) implements StorePlan {}

    /**
     * It is, once it is complete.
     *
     * @param lifetime for how long
     * @param initialAgeSeconds age that the response came with (RFC 9111 section 4.2.3), 0 where it was made here
     * @param traits what else is to be known of the page; whose entity tag it has is not known yet
     * @param selectingNames lower-case names of the request fields and facts that select it, sorted
     * @param tags names under which it can be purged
     * @param changedFields fields that the client and the store get in place of the response's own
     */
    record Store(
            Lifetime lifetime,
            long initialAgeSeconds,
            PageTraits traits,
            List<String> selectingNames,
            List<String> tags,
            Fields changedFields)
            implements StorePlan {

        /** Copies the lists. */
        public Store {
            selectingNames = List.copyOf(selectingNames);
            tags = List.copyOf(tags);
        }

        /**
         * This plan for a page that is fresh for another time.
         *
         * @param other the lifetime
         * @return the plan
         */
        public Store withLifetime(Lifetime other) {
            return new Store(other, initialAgeSeconds, traits, selectingNames, tags, changedFields);
        }

        /**
         * This plan for a page whose entity tag is made from its content.
         *
         * @return the plan
         */
        public Store withContentTag() {
            return new Store(lifetime, initialAgeSeconds, traits.withContentTag(), selectingNames, tags, changedFields);
        }

        /**
         * This plan for a page that other fields select.
         *
         * @param names lower-case names, sorted
         * @return the plan
         */
        public Store selectedBy(List<String> names) {
            return new Store(lifetime, initialAgeSeconds, traits, names, tags, changedFields);
        }
    }
}
