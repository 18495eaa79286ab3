package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.predict.EventScores;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Scores events where the members run in several slots: it passes on what those of one slot said. */
final class GroupOperator extends MemberOperator<Part> implements OneInputStreamOperator<Event, Part>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private final int group;

    GroupOperator(
            StreamOperatorParameters<Part> parameters,
            Outside outside,
            int group,
            String uid,
            MailboxExecutor mailbox) {
        super(parameters, outside, group, uid, mailbox);
        this.group = group;
    }

    @Override
    public void processElement(StreamRecord<Event> record) throws Exception {
        admit(record.getValue());
    }

    /** It was settled before the slot groups, so that all of them switch before the same event. */
    @Override
    int versionFor(Event event) {
        return event.specVersion();
    }

    @Override
    void emit(Event event, EventScores said, Prediction.Latencies latencies, long nowMillis) {
        output.collect(new StreamRecord<>(new Part(
                event.id(),
                event.position(),
                version(),
                null,
                group,
                said.scores().clone(),
                reasons(said.missing()),
                latencies)));
    }

    private static @Nullable String @Nullable [] reasons(@Nullable String[] missing) {
        for (String reason : missing) {
            if (reason != null) {
                return missing.clone();
            }
        }
        return null;
    }

    @Override
    public void endInput() {
        dispatch();
    }
}
