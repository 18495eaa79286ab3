package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.schemas.EncodedPrediction;
import java.io.Serializable;
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

    /**
     * Where all members run in one slot.
     *
     * @param <IN> what it takes
     */
    static final class Scoring<IN> extends MemberOperatorFactory<EncodedPrediction>
            implements OneInputStreamOperatorFactory<IN, EncodedPrediction> {

        private static final long serialVersionUID = 1L;

        private final Outside outside;
        private final Kind<IN> made;

        /** Makes one kind of the operator. */
        private interface Kind<IN> extends Serializable {
            ScoringOperator<IN> make(
                    StreamOperatorParameters<EncodedPrediction> parameters, Outside outside, MailboxExecutor mailbox);
        }

        private Scoring(Class<? extends ScoringOperator<IN>> kind, Kind<IN> made, Outside outside) {
            super(kind);
            this.made = made;
            this.outside = outside;
            this.chainingStrategy = ChainingStrategy.ALWAYS;
        }

        /** Of records as they were read. */
        static Scoring<RawRecord> ofRecords(Outside outside) {
            return new Scoring<>(ScoringOperator.OfRecords.class, ScoringOperator.OfRecords::new, outside);
        }

        /** Of events that were decoded before. */
        static Scoring<Event> ofEvents(Outside outside) {
            return new Scoring<>(ScoringOperator.OfEvents.class, ScoringOperator.OfEvents::new, outside);
        }

        @Override
        ScoringOperator<IN> create(StreamOperatorParameters<EncodedPrediction> parameters, MailboxExecutor mailbox) {
            return made.make(parameters, outside, mailbox);
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
