package io.tributary.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Event;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.prepare.Histories;
import io.tributary.core.prepare.Preparation;
import io.tributary.core.prepare.TextEncoderLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recurrent model of a card's last amounts as a member, from the events to the scores. */
class SequenceMemberTest {

    private static final int EVENTS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"onnx: sequence.onnx", "torchscript: sequence.pt"})
    void score_events_isWhatTorchGaveTheirSequences(String model) throws Exception {
        EnsembleSpec spec = SpecParser.parse("""
                ensemble: sequences
                events: {topic: t, id: id, time: at}
                features:
                  - hour
                  - {field: amount, key: card, last: 8, missing: 0, log: true, mean: 2.5, scale: 1.25}
                members:
                  recurrent: {%s, features: [amount], input: {shape: [8, 1]}}
                """.formatted(model), Samples.file("spec.yaml"));
        List<String> lines = Files.readAllLines(Samples.file("golden-sequences.csv"));
        assertThat(List.of(lines.get(0).split(",")).subList(2, 10))
                .isEqualTo(spec.members().get(0).columns());
        Histories histories = new Histories(spec.features());
        FeatureBatch batch = new FeatureBatch(EVENTS, spec.features().width());
        double[] golden = new double[EVENTS];
        try (Preparation preparation = Preparation.open(spec.features(), TextEncoderLoader.discover())) {
            for (int i = 0; i < EVENTS; i++) {
                String[] cells = lines.get(i + 1).split(",");
                float[] row = preparation.row();
                preparation.fill(0, 12, row);
                preparation.fill(1, cells[1].isEmpty() ? Double.NaN : Double.parseDouble(cells[1]), row);
                histories.enter(new Event("e", i, null, row, null, -1, 0, cells[0].isEmpty() ? null : cells[0], 0));
                for (int step = 0; step < 8; step++) {
                    assertThat(row[1 + step]).isCloseTo(Float.parseFloat(cells[2 + step]), within(1e-6f));
                }
                golden[i] = Double.parseDouble(cells[10]);
                batch.add(row);
            }
        }

        double[] scores = new double[EVENTS];
        try (Member member = MemberLoader.discover().open(spec.members().get(0), spec.memberSetup())) {
            member.score(batch, scores);
        }

        assertThat(scores).containsExactly(golden, within(1e-6));
    }
}
