package io.tributary.scoring;

import io.tributary.core.spec.EnsembleSpec;
import java.io.Serializable;

/** Where an operator reads weights. */
@FunctionalInterface
interface WeightsSource extends Serializable {

    /**
     * The records of the given ensemble's weights, and of others' that share the topic.
     *
     * @param reader who reads, told from all other readers
     */
    RecordLog open(EnsembleSpec spec, String reader);

    /** The weights topic. */
    static WeightsSource topic() {
        return (spec, reader) ->
                new TopicLog(spec, spec.topics().weights(), spec.scoringGroup() + ".weights." + reader);
    }
}
