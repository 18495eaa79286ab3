package io.tributary.learning;

import org.jspecify.annotations.Nullable;

/**
 * Where a prediction is.
 *
 * @param partition of the predictions topic
 * @param offset in the partition
 * @param readMillis when it was read, epoch milliseconds
 * @param copies how many predictions of the event have been read, this being the last on the topic
 */
record Place(int partition, long offset, long readMillis, int copies) {

    /** The later of two on the topic, with the copies of both. */
    Place with(@Nullable Place other) {
        if (other == null) {
            return this;
        }
        Place later = other.offset > offset ? other : this;
        return new Place(later.partition, later.offset, later.readMillis, copies + other.copies);
    }
}
