package io.tributary.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.MemberSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped example: every member opens as its spec says, and models answer as they did where they were trained. */
class FraudExampleTest {

    private static final Path FOLDER = Path.of(System.getProperty("tributary.home"), "examples", "fraud");

    private final EnsembleSpec spec = SpecParser.parse(FOLDER.resolve("fraud.yaml"));
    private final List<String> columns = spec.features().columns();
    private final MemberLoader loader = MemberLoader.discover();

    @Test
    void check_everyMember_findsNothing() {
        assertThat(spec.members())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(member -> assertThat(loader.check(member, columns)).isEmpty());
    }

    @Test
    void score_goldenVectors_agreesWithTraining() throws Exception {
        for (MemberSpec member : spec.members()) {
            if (member.model() == null) {
                continue;
            }
            List<String> lines = Files.readAllLines(Path.of(member.model() + ".golden.csv"));
            assertThat(List.of(lines.get(0).split(",")).subList(0, columns.size()))
                    .isEqualTo(columns);
            double[][] cells = lines.stream().skip(1).map(Samples::numbers).toArray(double[][]::new);
            float[][] rows = new float[cells.length][columns.size()];
            for (int i = 0; i < rows.length; i++) {
                for (int column = 0; column < columns.size(); column++) {
                    rows[i][column] = (float) cells[i][column];
                }
            }
            double[] trained =
                    Arrays.stream(cells).mapToDouble(row -> row[columns.size()]).toArray();
            try (Member opened = loader.open(member, new MemberSetup(columns, 64, 1))) {
                assertThat(Samples.score(opened, rows)).as(member.name()).containsExactly(trained, within(1e-5));
            }
        }
    }
}
