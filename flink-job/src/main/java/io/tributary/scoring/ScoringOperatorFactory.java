package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/** Makes scoring operators, each with the mailbox through which members' answers come back. */
final class ScoringOperatorFactory extends AbstractStreamOperatorFactory<Prediction>
        implements TwoInputStreamOperatorFactory<Event, Weights, Prediction>, YieldingOperatorFactory<Prediction> {

    private static final long serialVersionUID = 1L;

    private final ShippedSpec shipped;
    private final MemberSource members;

    ScoringOperatorFactory(ShippedSpec shipped, MemberSource members) {
        this.shipped = shipped;
        this.members = members;
        this.chainingStrategy = ChainingStrategy.HEAD;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<Prediction>> T createStreamOperator(
            StreamOperatorParameters<Prediction> parameters) {
        return (T) new ScoringOperator(parameters, shipped, members, getMailboxExecutor());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ScoringOperator.class;
    }
}
