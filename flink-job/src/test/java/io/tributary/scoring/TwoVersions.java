package io.tributary.scoring;

import io.tributary.core.control.Control;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of a spec, members for both, and what is said about them. */
abstract class TwoVersions {

    @TempDir
    Path folder;

    final FakeControlLog control = new FakeControlLog();
    final FakeMemberFactory members = new FakeMemberFactory("rules")
            .with("a", row -> 0.25)
            .with("b", row -> 0.5)
            .with("c", row -> 0.75);
    EnsembleSpec first;
    EnsembleSpec second;

    @BeforeEach
    void twoVersions() throws IOException {
        first = Samples.spec(folder);
        // Member a goes and c comes.
        second = version(2, "  a: {rules", "  c: {rules");
    }

    EnsembleSpec version(int number, String from, String to) throws IOException {
        String yaml = Files.readString(Samples.file(folder)).replace(from, to) + "version: " + number + "\n";
        return SpecParser.parse(
                Files.writeString(folder.resolve("v" + number + "-" + Math.abs(to.hashCode()) + ".yaml"), yaml));
    }

    ScoringHarness open() throws Exception {
        ScoringHarness harness = ScoringHarness.of(first, members, control);
        harness.open();
        return harness;
    }

    /** Members of the first version, of which a scores a row for each permit. */
    static FakeMemberFactory waiting(Semaphore permits) {
        return Samples.echo().with("a", row -> {
            permits.acquireUninterruptibly();
            return 0.25;
        });
    }

    Control awaitAnswer(int answers) {
        ScoringHarness.await(() -> control.answers().size() == answers, answers + " answers");
        return control.answers().get(answers - 1);
    }

    void commit(String id, EnsembleSpec spec, ScoringHarness harness) {
        control.decide(id, spec, null);
        ScoringHarness.await(() -> harness.hasHeardOf(spec), "the commit heard");
    }
}
