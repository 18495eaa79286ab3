package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;
import static io.tributary.members.Samples.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberSetup;
import io.tributary.members.Samples.Golden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a model of every kind. */
abstract class MemberContract {

    private static final int MAX_BATCH = 20;

    abstract MemberFactory factory();

    abstract String kind();

    /** A model over {@link Samples#COLUMNS}. */
    abstract Path model();

    /** What its training library answered. */
    abstract Golden golden() throws Exception;

    Member open() {
        return open(model(), COLUMNS, COLUMNS);
    }

    /** Opens a model that reads some columns of batches with other columns. */
    Member open(Path model, List<String> reads, List<String> columns) {
        return factory().open(Samples.spec(kind(), model, reads), new MemberSetup(columns, MAX_BATCH, 1));
    }

    @Test
    void check_soundMember_findsNothing() {
        assertThat(factory().kinds()).contains(kind());
        assertThat(factory().check(Samples.spec(kind(), model(), COLUMNS), COLUMNS))
                .isEmpty();
    }

    @Test
    void score_goldenRows_agreesWithTrainingLibrary() throws Exception {
        Golden golden = golden();
        try (Member member = open()) {
            assertThat(score(member, golden.rows())).containsExactly(golden.scores(), within(1e-6));
        }
    }

    @Test
    void score_everyBatchSize_givesTheScoresOfSingleRows() throws Exception {
        float[][] rows = golden().rows();
        try (Member member = open()) {
            double[] single = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                single[i] = score(member, rows[i])[0];
            }
            for (int size = MAX_BATCH; size >= 1; size--) {
                double[] together = score(member, Arrays.copyOf(rows, size));
                assertThat(together).as("batch of %d", size).containsExactly(Arrays.copyOf(single, size), within(1e-6));
            }
        }
    }

    @Test
    void score_columnsAmongOthersInAnotherOrder_readsByName() throws Exception {
        Golden golden = golden();
        float[][] wide = new float[golden.rows().length][];
        for (int i = 0; i < wide.length; i++) {
            float[] row = golden.rows()[i];
            wide[i] = new float[] {9, row[2], 8, row[0], row[1]};
        }
        try (Member member = open(model(), COLUMNS, List.of("other", "count", "more", "amount", "age"))) {
            assertThat(score(member, wide)).containsExactly(golden.scores(), within(1e-6));
        }
    }

    @Test
    void score_longerArray_leavesTheRestAlone() throws Exception {
        double[] scores = {-1, -1, -1};
        try (Member member = open()) {
            member.score(Samples.batch(5, golden().rows()[1]), scores);
        }
        assertThat(scores[0]).isBetween(0.0, 1.0);
        assertThat(scores).endsWith(-1, -1);
    }

    @Test
    void score_batchOfAnotherSize_isRefused() {
        try (Member member = open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> score(member, new float[MAX_BATCH + 1][3]))
                    .withMessageContaining("21 rows and 3 columns")
                    .withMessageContaining("1 to 20 rows and 3 columns");
            assertThatIllegalArgumentException().isThrownBy(() -> score(member, new float[2][4]));
        }
    }

    @Test
    void close_manyTimesOver_givesBackEverything() throws Exception {
        Golden golden = golden();
        for (int i = 0; i < 100; i++) {
            Member member = open();
            assertThat(score(member, golden.rows()[0])[0]).isCloseTo(golden.scores()[0], within(1e-6));
            member.close();
            member.close();
        }
    }

    /** To the last bit, and with batches of all sizes at once: one that saw another's input or output would differ. */
    @Test
    void score_fourMembersOfOneModelOnFourThreads_answerAsALoneOneDoes() throws Exception {
        float[][] rows = golden().rows();
        List<double[]> alone = new ArrayList<>();
        try (Member member = open()) {
            for (int size = 1; size <= MAX_BATCH; size++) {
                alone.add(score(member, Arrays.copyOf(rows, size)));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Member> members = List.of(open(), open(), open(), open());
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int m = 0; m < members.size(); m++) {
                int first = m;
                tasks.add(() -> {
                    for (int i = 0; i < 400; i++) {
                        int size = 1 + (first * 5 + i) % MAX_BATCH;
                        assertThat(score(members.get(first), Arrays.copyOf(rows, size)))
                                .containsExactly(alone.get(size - 1));
                    }
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdown();
            members.forEach(Member::close);
        }
    }

    @Test
    void open_severalAtOnce_loadsTheModelOnceAndKeepsItForTheLast() throws Exception {
        Golden golden = golden();
        int before = factory().inUse().models();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Member> members = new ArrayList<>();
            for (Future<Member> opened : threads.invokeAll(Collections.nCopies(4, (Callable<Member>) this::open))) {
                members.add(opened.get());
            }
            assertThat(factory().inUse().models()).isEqualTo(before + 1);
            assertThat(factory().inUse().members()).isGreaterThanOrEqualTo(4);

            members.subList(0, 3).forEach(Member::close);
            assertThat(score(members.get(3), golden.rows())).containsExactly(golden.scores(), within(1e-6));
            members.get(3).close();
            assertThat(factory().inUse().models()).isEqualTo(before);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void open_refused_leavesNoModelLoaded() {
        int before = factory().inUse().models();
        assertThatThrownBy(() -> open(model(), List.of("amount", "age"), COLUMNS))
                .isInstanceOf(MemberException.class);
        assertThat(factory().inUse().models()).isEqualTo(before);
    }

    @Test
    void open_tooFewColumns_namesMemberFileAndColumns() {
        assertThatThrownBy(() -> open(model(), List.of("amount", "age"), COLUMNS))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("member tested")
                .hasMessageContaining(model().toString())
                .hasMessageContaining("2 columns (amount, age)")
                .hasMessageContaining("3")
                .hasMessageContaining("that it was trained on, in that order")
                .hasMessageNotContaining("\n");
    }

    @Test
    void open_tooManyColumns_isRefused() {
        List<String> four = List.of("amount", "age", "count", "more");
        assertThatThrownBy(() -> open(model(), four, four))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("4 columns");
    }

    @Test
    void open_columnThatBatchesLack_isNamed() {
        assertThatThrownBy(() -> open(model(), COLUMNS, List.of("amount", "count")))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("column age");
    }

    @Test
    void open_noFile_isRefused() {
        assertThatThrownBy(() ->
                        factory().open(Samples.spec(kind(), null, COLUMNS), new MemberSetup(COLUMNS, MAX_BATCH, 1)))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("names no model file");
    }

    @Test
    void open_corruptedFile_namesFileAndCause(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(model());
        byte[][] broken = {
            Arrays.copyOf(whole, whole.length / 2), "no model at all".getBytes(StandardCharsets.UTF_8), {}
        };
        for (byte[] content : broken) {
            Path file = folder.resolve(content.length + "-" + model().getFileName());
            Files.write(file, content);
            assertThatThrownBy(() -> open(file, COLUMNS, COLUMNS))
                    .isInstanceOf(MemberException.class)
                    .hasCauseInstanceOf(Exception.class)
                    .hasMessageContaining("member tested")
                    .hasMessageContaining(file.toString())
                    .hasMessageMatching(
                            ".* cannot be read as " + kind() + ": \\S.*; restore the file or export the model again")
                    .hasMessageNotContainingAny("\n", "_src/", "Stack trace", "Error code", " ;");
        }
    }
}
