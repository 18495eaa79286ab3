package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.EncodedPrediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

/** Drives a gather of three members in two slot groups: {@code one} has c and a, {@code two} has b. */
final class GatherHarness extends KeyedBroadcastOperatorTestHarness<String, Part, Weights, EncodedPrediction> {

    private static final Prediction.Latencies LATENCIES_OF_TWO =
            new Prediction.Latencies(2000, 3000, 100, new long[] {10, 20});
    private static final Prediction.Latencies LATENCIES_OF_ONE =
            new Prediction.Latencies(2500, 500, 0, new long[] {30});

    private GatherHarness(EnsembleSpec spec, FakeControlLog control, int parallelism, int index) throws Exception {
        super(operator(spec, control), Part::eventId, Types.STRING, 128, parallelism, index);
    }

    /** The log cannot travel with the function, which is serialised on its way into the harness. */
    private static volatile FakeControlLog log = new FakeControlLog();

    private static CoBroadcastWithKeyedOperator<String, Part, Weights, EncodedPrediction> operator(
            EnsembleSpec spec, FakeControlLog control) {
        log = control;
        Outside outside =
                new Outside(ShippedSpec.of(spec), MemberSource.classPath(), of -> log.open(), FakeRecordLog.nothing());
        return new CoBroadcastWithKeyedOperator<>(new Gather(outside), List.of());
    }

    static EnsembleSpec spec(Path folder) throws IOException {
        return SpecParser.parse(
                Files.writeString(folder.resolve("gather.yaml"), Files.readString(Samples.file(folder)) + """
                      c: {rules: [{when: x > 0.0, score: 0.5}]}
                    slots:
                      one: {members: [c, a]}
                      two: {members: [b]}
                    """));
    }

    static GatherHarness of(EnsembleSpec spec, int parallelism, int index) throws Exception {
        return new GatherHarness(spec, new FakeControlLog(), parallelism, index);
    }

    static GatherHarness of(EnsembleSpec spec, FakeControlLog control) throws Exception {
        return new GatherHarness(spec, control, 1, 0);
    }

    /** Lets it know that the slot groups are there. */
    void hear() throws Exception {
        send(one("heard", 900, 0.5, 0.5), two("heard", 900, 0.5), opened("heard", 900, 0));
        getOutput().clear();
    }

    void send(Part... parts) throws Exception {
        for (Part part : parts) {
            processElement(new StreamRecord<>(part));
        }
    }

    static Part opened(String id, long position, long arrived) {
        return opened(id, position, arrived, 1);
    }

    static Part opened(String id, long position, long arrived, int version) {
        return Part.opened(new Event(id, 7, null, new float[] {1}, null, position, arrived, null, version));
    }

    /** What group one says of members a and c. */
    static Part one(String id, long position, double a, double c) {
        return new Part(id, position, 1, null, 0, new double[] {a, c}, null, LATENCIES_OF_TWO);
    }

    /** What group two says of member b. */
    static Part two(String id, long position, double b) {
        return new Part(
                id,
                position,
                1,
                null,
                1,
                new double[] {b},
                Double.isNaN(b) ? new String[] {"put-aside"} : null,
                LATENCIES_OF_ONE);
    }

    List<Prediction> predictions() {
        return Emitted.read(getRecordOutput());
    }

    /** How many ids it remembers something of. */
    int remembered() {
        var operator = (AbstractStreamOperator<?>) getOperator();
        return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
    }
}
