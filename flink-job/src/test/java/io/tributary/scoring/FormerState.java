package io.tributary.scoring;

import static io.tributary.scoring.GatherHarness.one;
import static io.tributary.scoring.GatherHarness.opened;

import io.tributary.core.Event;
import io.tributary.core.Step;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * State as an earlier build has written it, kept as files beside this class. {@code main} writes them anew, which is to be
 * done in a build of its own when a state's layout is to change: the former files stay, and so does their test.
 */
final class FormerState {

    private FormerState() {}

    static OperatorSubtaskState of(String operator) throws IOException, ClassNotFoundException, URISyntaxException {
        Path file =
                Path.of(Objects.requireNonNull(FormerState.class.getResource("state-1-" + operator + ".bin"), operator)
                        .toURI());
        return OperatorSnapshotUtil.readStateHandle(file.toString());
    }

    /** Four events that are with the members, and one of a replay that waits for weights. */
    static OperatorSubtaskState scoring(Path folder) throws Exception {
        FakeMemberFactory hanging = new FakeMemberFactory("rules")
                .with("a", row -> {
                    LockSupport.parkNanos(200_000_000);
                    return 0.5;
                })
                .with("b", row -> 0.5);
        try (ScoringHarness harness = ScoringHarness.of(Samples.spec(folder), hanging)) {
            harness.open();
            for (int i = 0; i < 4; i++) {
                harness.event(new Event("e" + i, i, i == 3 ? "de" : null, new float[] {i}, null, i, 0, "card", 1));
            }
            harness.event(new Event("held", 9, null, new float[] {9}, new Step(7, true)));
            return harness.snapshot(1, 1);
        }
    }

    /** An event of which one slot group has spoken, and one of which none has. */
    static OperatorSubtaskState gather(Path folder) throws Exception {
        try (GatherHarness harness = GatherHarness.of(GatherHarness.spec(folder), 1, 0)) {
            harness.open();
            harness.hear();
            harness.send(opened("e", 5, 0), one("e", 5, 0.1, 0.3), opened("f", 6, 0));
            return harness.snapshot(1, 1);
        }
    }

    /** The history of one card: 1, 2. */
    static OperatorSubtaskState sequences(Path folder) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness = sequencesHarness(folder)) {
            harness.open();
            harness.processElement(onCard(1), 0);
            harness.processElement(onCard(2), 0);
            return harness.snapshot(1, 1);
        }
    }

    static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> sequencesHarness(Path folder) throws Exception {
        EnsembleSpec spec = SpecParser.parse(Files.writeString(folder.resolve("sequences.yaml"), """
                ensemble: test
                events: {topic: t, id: i, time: at}
                features: [{field: a, key: card, last: 3}]
                members: {m: {onnx: m.onnx}}
                """));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new EnterSequences(ShippedSpec.of(spec))),
                EnterSequences::key,
                Types.STRING,
                16,
                1,
                0);
    }

    static Event onCard(float value) {
        return new Event("e", 5, null, new float[] {Float.NaN, Float.NaN, value}, null, -1, 0, "card", 0);
    }

    /** Writes the files of this build's state into a folder. */
    public static void main(String[] args) throws Exception {
        Path into = Path.of(args[0]);
        Path specs = Files.createTempDirectory("specs");
        OperatorSnapshotUtil.writeStateHandle(
                scoring(specs), into.resolve("state-1-scoring.bin").toString());
        OperatorSnapshotUtil.writeStateHandle(
                gather(specs), into.resolve("state-1-gather.bin").toString());
        OperatorSnapshotUtil.writeStateHandle(
                sequences(specs), into.resolve("state-1-sequences.bin").toString());
    }
}
