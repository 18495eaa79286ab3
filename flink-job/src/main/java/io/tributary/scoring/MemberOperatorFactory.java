package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.schemas.EncodedPrediction;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/**
 * Makes operators in which members score, each with the mailbox through which the members' answers come back.
 *
 * @param <OUT> what becomes of an event
 */
abstract class MemberOperatorFactory<OUT> extends AbstractStreamOperatorFactory<OUT>
        implements YieldingOperatorFactory<OUT> {

    private static final long serialVersionUID = 1L;

    private final Class<? extends MemberOperator<OUT>> kind;

    private MemberOperatorFactory(Class<? extends MemberOperator<OUT>> kind) {
        this.kind = kind;
        this.chainingStrategy = ChainingStrategy.HEAD;
    }

    abstract MemberOperator<OUT> create(StreamOperatorParameters<OUT> parameters, MailboxExecutor mailbox);

    @Override
    @SuppressWarnings("unchecked")
    public <T extends StreamOperator<OUT>> T createStreamOperator(StreamOperatorParameters<OUT> parameters) {
        return (T) create(parameters, getMailboxExecutor());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return kind;
    }

    /** Where all members run in one slot. */
    static final class Scoring extends MemberOperatorFactory<EncodedPrediction> {

        private static final long serialVersionUID = 1L;

        private final Outside outside;
        private final ScoringOperator.Intake intake;

        Scoring(Outside outside, ScoringOperator.Intake intake) {
            super(ScoringOperator.class);
            this.outside = outside;
            this.intake = intake;
            // Flink chains sources that are connected to such an operator straight away.
            this.chainingStrategy = ChainingStrategy.HEAD_WITH_SOURCES;
        }

        @Override
        ScoringOperator create(StreamOperatorParameters<EncodedPrediction> parameters, MailboxExecutor mailbox) {
            return new ScoringOperator(parameters, outside, intake, mailbox);
        }
    }

    /** For the members of one slot group of several. */
    static final class Group extends MemberOperatorFactory<Part> implements OneInputStreamOperatorFactory<Event, Part> {

        private static final long serialVersionUID = 1L;

        private final Outside outside;
        private final int group;
        private final String uid;

        Group(Outside outside, int group, String uid) {
            super(GroupOperator.class);
            this.outside = outside;
            this.group = group;
            this.uid = uid;
        }

        @Override
        GroupOperator create(StreamOperatorParameters<Part> parameters, MailboxExecutor mailbox) {
            return new GroupOperator(parameters, outside, group, uid, mailbox);
        }
    }
}
