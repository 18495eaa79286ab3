package io.tributary.scoring;

import io.tributary.core.DeadLetter;
import io.tributary.core.Event;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import io.tributary.core.spec.Slots;
import io.tributary.schemas.EncodedPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraphGenerator;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.jspecify.annotations.Nullable;

/**
 * The part of the job that depends on the slot groups. With one group an operator scores and fuses, and all of the job is
 * in its slot. With several each has an operator in a slot of its own, and a gather fuses what they say.
 */
final class MemberGraph {

    private final StreamExecutionEnvironment env;
    private final EnsembleSpec spec;
    private final Outside outside;

    MemberGraph(StreamExecutionEnvironment env, EnsembleSpec spec, Outside outside) {
        this.env = env;
        this.spec = spec;
        this.outside = outside;
    }

    /** The operators that follow new versions of a spec, by what they are called on the control topic. */
    static List<String> followers(Slots slots) {
        if (!slots.isApart()) {
            return List.of(ScoringOperator.UID);
        }
        List<String> followers = new ArrayList<>(List.of(SettleVersion.UID, Gather.UID));
        slots.groups().forEach(group -> followers.add(uid(group)));
        return followers;
    }

    private static String uid(SlotGroup group) {
        return ScoringOperator.UID + "-" + group.name();
    }

    /** What comes of events. */
    record Scored(DataStream<EncodedPrediction> predictions, DataStream<DeadLetter> deadLetters) {}

    /**
     * Decodes, scores and fuses.
     *
     * @param weights makes the stream of weights, where operators cannot read them for themselves
     */
    Scored scored(
            SingleOutputStreamOperator<RawRecord> records, Supplier<SingleOutputStreamOperator<Weights>> weights) {
        registerSlot();
        boolean isApart = spec.slots().isApart();
        if (!isApart && spec.features().sequenceKey() == null) {
            SingleOutputStreamOperator<EncodedPrediction> score =
                    scored(records, MemberOperatorFactory.Scoring.ofRecords(outside));
            return new Scored(score, score.getSideOutput(Decoding.DEAD_LETTERS));
        }
        SingleOutputStreamOperator<Event> events = records.process(
                        new DecodeEvent(outside.spec()), TypeInformation.of(Event.class))
                .name(EventReading.STAGE)
                .uid(EventReading.STAGE);
        DataStream<Event> whole = EnterSequences.of(events, spec, outside.spec());
        DataStream<DeadLetter> deadEvents = events.getSideOutput(Decoding.DEAD_LETTERS);
        if (isApart) {
            SingleOutputStreamOperator<Weights> broadcast = weights.get();
            return new Scored(
                    gathered(whole, broadcast, spec.slots().groups()),
                    deadEvents.union(broadcast.getSideOutput(Decoding.DEAD_LETTERS)));
        }
        SingleOutputStreamOperator<EncodedPrediction> score =
                scored(whole, MemberOperatorFactory.Scoring.ofEvents(outside));
        return new Scored(score, deadEvents.union(score.getSideOutput(Decoding.DEAD_LETTERS)));
    }

    private static <T> SingleOutputStreamOperator<EncodedPrediction> scored(
            DataStream<T> events, MemberOperatorFactory.Scoring<T> factory) {
        return events.transform(ScoringOperator.UID, TypeInformation.of(EncodedPrediction.class), factory)
                .uid(ScoringOperator.UID);
    }

    private void registerSlot() {
        Slots slots = spec.slots();
        Slots.Resources shared =
                slots.isApart() ? slots.pipeline() : slots.groups().get(0).resources();
        SlotSharingGroup pipeline = slot(StreamGraphGenerator.DEFAULT_SLOT_SHARING_GROUP, shared);
        if (pipeline != null) {
            env.registerSlotSharingGroup(pipeline);
        }
    }

    private DataStream<EncodedPrediction> gathered(
            DataStream<Event> events, DataStream<Weights> weights, List<SlotGroup> groups) {
        SingleOutputStreamOperator<Event> settled = events.map(new SettleVersion(outside))
                .returns(Event.class)
                .name(SettleVersion.UID)
                .uid(SettleVersion.UID);
        SingleOutputStreamOperator<Part> opened =
                settled.map(Part::opened).returns(Part.class).name("open").uid("open");
        DataStream<Part> parts = opened;
        for (int g = 0; g < groups.size(); g++) {
            parts = parts.union(answers(settled, groups.get(g), g));
        }
        return parts.keyBy(Part::eventId, Types.STRING)
                .connect(weights.broadcast(Gather.NO_STATE))
                .process(new Gather(outside), TypeInformation.of(EncodedPrediction.class))
                .name(Gather.UID)
                .uid(Gather.UID);
    }

    private DataStream<Part> answers(DataStream<Event> events, SlotGroup group, int index) {
        String name = uid(group);
        OneInputTransformation<Event, Part> score = new OneInputTransformation<>(
                events.getTransformation(),
                name,
                new MemberOperatorFactory.Group(outside, index, name),
                TypeInformation.of(Part.class),
                env.getParallelism());
        score.setUid(name);
        SlotSharingGroup slot = slot(group.name(), group.resources());
        if (slot != null) {
            env.registerSlotSharingGroup(slot);
        }
        score.setSlotSharingGroup(group.name());
        env.addOperator(score);
        return new DataStream<>(env, score);
    }

    /** Flink's name for a slot and what it is given; null if it is given whatever a slot has. */
    private @Nullable SlotSharingGroup slot(String name, Slots.@Nullable Resources resources) {
        if (resources == null) {
            return null;
        }
        SlotSharingGroup.Builder slot = SlotSharingGroup.newBuilder(name)
                .setCpuCores(resources.cpu())
                .setTaskHeapMemory(new MemorySize(resources.heapBytes()))
                .setTaskOffHeapMemory(new MemorySize(resources.offHeapBytes()))
                .setManagedMemory(new MemorySize(resources.managedBytes()));
        if (resources.gpu() == Slots.Gpu.REQUIRED && outside.memberSource().asksFlinkForGpus()) {
            slot.setExternalResource(MemberSource.GPU, 1.0);
        }
        return slot.build();
    }
}
