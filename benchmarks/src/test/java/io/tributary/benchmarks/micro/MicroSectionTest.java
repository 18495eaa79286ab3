package io.tributary.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import io.tributary.benchmarks.report.CaseGroup;
import io.tributary.benchmarks.report.Figure;
import io.tributary.benchmarks.report.Samples;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

class MicroSectionTest {

    private final Call slow = new Call("slow", DecodeBenchmark.class, "throughRecord", Map.of());
    private final Call fast = new Call("fast", DecodeBenchmark.class, "straight", Map.of(), slow);
    private final List<Calls> groups = List.of(
            new Calls("Both", "", List.of(fast, slow)),
            new Calls("None", "", List.of(new Call("other", DecodeBenchmark.class, "prepare", Map.of()))));

    @TempDir
    Path folder;

    @BeforeAll
    static void measureBesideOthers() {
        // JMH runs once a machine at a time unless told that figures do not matter.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void calls_nameBenchmarksAndAllTheirParameters_withLabelsOfTheirOwn() {
        List<Call> all =
                Calls.all().stream().flatMap(each -> each.calls().stream()).toList();

        assertThat(all).extracting(Call::label).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(call -> {
            Method method = Arrays.stream(call.benchmark().getMethods())
                    .filter(each -> each.getName().equals(call.method()))
                    .findFirst()
                    .orElseThrow();
            assertThat(method.isAnnotationPresent(Benchmark.class)).isTrue();
            assertThat(call.parameters()).containsOnlyKeys(parameters(call.benchmark(), method));
        });
    }

    /** Of the class itself and of the states that the method is given. */
    private static List<String> parameters(Class<?> benchmark, Method method) {
        return Stream.concat(Stream.of(benchmark), Arrays.stream(method.getParameterTypes()))
                .flatMap(state -> Arrays.stream(state.getFields()))
                .filter(field -> field.isAnnotationPresent(Param.class))
                .map(java.lang.reflect.Field::getName)
                .toList();
    }

    @Test
    void fork_measuresEveryIterationOfTheCall() {
        Fork fork = new Fork(folder.resolve("jmh.log"), new Fork.Stint(1, 1), new Fork.Stint(2, 10));
        Call call = new Call("fill", DecodeBenchmark.class, "prepare", Map.of("features", "30", "type", "float"));

        List<Fork.Iteration> iterations = fork.run(call);

        assertThat(iterations).hasSize(2).allSatisfy(each -> {
            assertThat(each.nanos()).isPositive();
            // A row of 30 floats is new with each call.
            assertThat(each.bytes()).isGreaterThanOrEqualTo(30 * Float.BYTES);
        });
    }

    @Test
    void fork_ofNoBenchmark_saysWhichCall() {
        Fork fork = new Fork(folder.resolve("jmh.log"), new Fork.Stint(1, 1), new Fork.Stint(1, 1));

        assertThatThrownBy(() -> fork.run(new Call("nothing", DecodeBenchmark.class, "none", Map.of())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("JMH could not measure nothing");
    }

    @Test
    void tables_haveTheRatioToTheBaseline_whereBothWereMeasured() {
        List<CaseGroup> tables = MicroSection.tables(groups, Map.of(fast, samples(10, 20), slow, samples(50, 80)));

        assertThat(tables).singleElement().satisfies(table -> {
            assertThat(table.cases().get(0).figure("ratio")).contains(Figure.of("ratio", "", 5, 4));
            assertThat(table.cases().get(1).figure("ratio")).isEmpty();
        });
        assertThat(MicroSection.tables(groups, Map.of(fast, samples(10, 20))))
                .singleElement()
                .satisfies(table ->
                        assertThat(table.cases().get(0).figure("ratio")).isEmpty());
    }

    private static Samples samples(double... nanos) {
        Samples samples = new Samples();
        Arrays.stream(nanos).forEach(each -> samples.add("time", "ns/call", each));
        return samples;
    }
}
