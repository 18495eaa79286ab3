package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.DeadLetter;
import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Step;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.prepare.History;
import io.tributary.schemas.EncodedPrediction;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes over Flink's network or into its checkpoints: known to Flink field by field, nulls included, never Kryo's. */
class TravellingTypesTest {

    static Object[] values() {
        return new Object[] {
            new Event("e", 1, null, new float[] {1, Float.NaN}, null),
            new Event("e", 1, "de", new float[0], new Step(3, true), Event.position(7, 5), 9, "card", 4),
            Samples.event(1).tracedBy(Samples.trace("00-4bf9-00f0-01", null)),
            new History(7, 9, new float[] {1, Float.NaN}),
            Part.opened(new Event("e", 1, null, new float[] {1}, new Step(3, true), 8, 9, null, 4)),
            new Part(
                    "e",
                    7,
                    4,
                    null,
                    1,
                    new double[] {0.5, Double.NaN},
                    new String[] {null, "late"},
                    new Prediction.Latencies(1, 2, 3, new long[] {4, -1})),
            new Part("e", 7, 4, null, 0, new double[] {0.5}, null, null),
            Gathering.nothing(4, 2, 3),
            Gathering.nothing(4, 1, 1)
                    .of(new Event("e", 1, null, new float[0], null))
                    .with(new Part("e", 7, 4, null, 0, new double[] {0.5}, null, null), new int[] {0}, 1)
                    .left(),
            new RawRecord("t", 1, 2, null, null, null, null),
            new RawRecord(
                    "t",
                    1,
                    2,
                    new byte[] {1},
                    new byte[] {2},
                    new Step(3, false),
                    Samples.trace("00-4bf9-00f0-01", "a=1")),
            new DeadLetter("t", 1, 2, "decode-event", "why", null, new byte[] {1}, 1, null, 3),
            new Weights(
                    "e",
                    null,
                    1,
                    2,
                    3,
                    "boa",
                    new String[] {"a"},
                    new String[0],
                    new Weights.Candidate[] {
                        new Weights.Candidate("boa", new Fusion(FusionMethod.MEAN, new double[] {-1}, new double[1]))
                    },
                    0,
                    null,
                    null,
                    4),
            Weights.forgotten("e", "de"),
            new EncodedPrediction(new byte[] {1}, new byte[] {2, 3}, null),
            new EncodedPrediction(new byte[] {1}, new byte[] {2, 3}, Samples.trace("00-4bf9-00f0-01", null))
        };
    }

    @ParameterizedTest
    @MethodSource("values")
    void record_throughFlinksSerializer_isTheSame(Object value) throws IOException {
        TypeInformation<?> type = TypeInformation.of(value.getClass());
        assertThat(type).isInstanceOf(PojoTypeInfo.class);
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        @SuppressWarnings("unchecked")
        TypeSerializer<Object> serializer = (TypeSerializer<Object>) type.createSerializer(config);
        DataOutputSerializer out = new DataOutputSerializer(64);

        serializer.serialize(value, out);
        Object read = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

        for (Object same : new Object[] {read, serializer.copy(value)}) {
            assertThat(same)
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                    .withEqualsForType((a, b) -> Float.compare(a, b) == 0, Float.class)
                    .isEqualTo(value);
        }
    }
}
