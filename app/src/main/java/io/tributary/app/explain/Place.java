package io.tributary.app.explain;

/**
 * Where the record of a prediction is.
 *
 * @param topic the predictions topic
 * @param partition of the topic
 * @param offset in the partition
 * @param copies how many predictions of the event the learning plane has read, of which this is the newest
 */
public record Place(String topic, int partition, long offset, int copies) {

    @Override
    public String toString() {
        return topic + ", partition " + partition + ", offset " + offset;
    }
}
