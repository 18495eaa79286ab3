package io.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final Run RUN = new Run(
            "./tributary bench --only some",
            LocalDate.of(2026, 1, 2),
            new Machine("A Processor", 2, 4L << 30, "A JVM 17", "An OS 1"));

    private final LineChart chart = new LineChart(
            "rate",
            "Rate over <members>",
            "members",
            "records/s",
            List.of(new LineChart.Series(
                    "one & only", List.of(new LineChart.Point(1, 900), new LineChart.Point(8, 420)))));

    private final SectionResult section = new SectionResult(
            "some",
            "Some figures",
            "How it was done.",
            List.of(new CaseGroup(
                    "All",
                    "",
                    List.of(
                            new CaseResult(
                                    "three",
                                    List.of(
                                            Figure.of("rate", "records/s", 3000, 1000, 2000),
                                            Figure.of(CaseResult.BOUND_RATIO, "", 0.9, 0.7, 0.8))),
                            new CaseResult("none", List.of(Figure.of("rate", "records/s", Double.NaN)))),
                    List.of(chart))));

    @TempDir
    Path folder;

    @Test
    void figure_ofSamples_hasMedianLeastAndGreatest() {
        assertThat(Figure.of("f", "", 5, 1, 3).median()).isEqualTo(3);
        assertThat(Figure.of("f", "", 4, 1, 3, 2).median()).isEqualTo(2.5);
        assertThat(Figure.of("f", "", 4, 1, 3).min()).isEqualTo(1);
        assertThat(Figure.of("f", "", 4, 1, 3).max()).isEqualTo(4);
    }

    @Test
    void figure_overAnother_dividesRepeatByRepeat() {
        Figure ratio = Figure.of("a", "s", 2, 9).over(Figure.of("b", "s", 1, 3), "a over b");

        assertThat(ratio).isEqualTo(Figure.of("a over b", "", 2, 3));
        assertThatThrownBy(() -> Figure.of("a", "s", 2).over(Figure.of("b", "s", 1, 3), "r"))
                .hasMessageContaining("a has 1 samples and b has 2");
    }

    @Test
    void samples_asTheyComeIn_areFiguresInTheOrderOfTheFirst() {
        Samples samples = new Samples();
        samples.add("rate", "records/s", 1);
        samples.add("CPU", "µs", 2);
        samples.add("rate", "records/s", 3);

        assertThat(samples.result("case"))
                .isEqualTo(new CaseResult(
                        "case", List.of(Figure.of("rate", "records/s", 1, 3), Figure.of("CPU", "µs", 2))));
        assertThat(samples.figure("none")).isEmpty();
    }

    @Test
    void page_saysWhatRanOnWhat_andShowsMediansAndRanges() throws Exception {
        Path page = ResultFiles.write(folder.resolve("made"), RUN, section);

        assertThat(Files.readString(page))
                .startsWith("# Some figures")
                .contains(
                        "./tributary bench --only some",
                        "2026-01-02, A Processor, 2 cores, 4.0 GiB, A JVM 17, An OS 1",
                        "How it was done.",
                        "| case | rate, records/s | boundRatio |",
                        "| three | 2,000 [1,000–3,000] | 0.800 [0.700–0.900] |",
                        "| none | – | – |",
                        "![Rate over <members>](bench-some-rate.svg)");
        assertThat(page.resolveSibling("bench-some-rate.svg")).exists();
    }

    @Test
    void json_hasAnObjectACase_withBoundRatioBesideItsName() {
        JsonNode root = JsonResults.of(RUN, List.of(section));

        assertThat(root.at("/machine/cpu").asText()).isEqualTo("A Processor");
        assertThat(root.at("/cases")).hasSize(2);
        JsonNode first = root.at("/cases/0");
        assertThat(first.get("section").asText()).isEqualTo("some");
        assertThat(first.get("case").asText()).isEqualTo("three");
        assertThat(first.get("boundRatio").asDouble()).isEqualTo(0.8);
        assertThat(first.at("/figures/rate/median").asDouble()).isEqualTo(2000);
        assertThat(first.at("/figures/rate/samples")).hasSize(3);
        assertThat(root.at("/cases/1/boundRatio").isMissingNode()).isTrue();
        assertThat(root.at("/cases/1/figures/rate/median").isNull()).isTrue();
    }

    @Test
    void chart_isAnImageWithItsWordsEscaped_andRoundTicks() throws Exception {
        String svg = SvgChart.of(chart);

        Path file = Files.writeString(folder.resolve("chart.svg"), svg);
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile());
        assertThat(svg)
                .contains("Rate over &lt;members&gt;", "one &amp; only", ">1,000</text>", ">200</text>", "<polyline");
    }

    @Test
    void chart_isAsWideAsItsLegend_andNumbersWholeTicksWithoutPlaces() {
        String narrow = SvgChart.of(chart);
        String wide = SvgChart.of(new LineChart(
                "rate",
                "Rate",
                "members",
                "records/s",
                List.of(new LineChart.Series("a name of thirty letters or so", List.of(new LineChart.Point(1, 900))))));

        assertThat(width(wide) - width(narrow)).isGreaterThan(100);
        assertThat(narrow).contains(">8</text>").doesNotContain("8.00");
    }

    private static int width(String svg) {
        return Integer.parseInt(svg.replaceFirst("(?s).*?width=\"(\\d+)\".*", "$1"));
    }

    @Test
    void axis_isLogarithmic_whereValuesDoubleOrWouldLieOnEachOther() {
        assertThat(SvgChart.isLogarithmic(new double[] {1, 4, 32})).isTrue();
        assertThat(SvgChart.isLogarithmic(new double[] {0, 1_000, 100_000})).isTrue();
        assertThat(SvgChart.isLogarithmic(new double[] {1, 3, 8, 16})).isFalse();
        assertThat(SvgChart.isLogarithmic(new double[] {0, 1, 2})).isFalse();
        assertThat(SvgChart.isLogarithmic(new double[] {5})).isFalse();
    }

    @Test
    void chart_ofALogarithmicAxisWithZero_hasItsPointsApart() {
        String svg = SvgChart.of(new LineChart(
                "rate",
                "Rate",
                "segments",
                "outcomes/s",
                List.of(new LineChart.Series(
                        "all",
                        List.of(
                                new LineChart.Point(0, 3),
                                new LineChart.Point(1_000, 2),
                                new LineChart.Point(100_000, 1))))));

        assertThat(svg).contains("segments, logarithmic", "cx=\"104.0\"", "cx=\"261.3\"", "cx=\"576.0\"");
    }

    @Test
    void roundStep_isOneTwoOrFiveTimesAPowerOfTen() {
        assertThat(SvgChart.roundStep(0.7)).isEqualTo(1);
        assertThat(SvgChart.roundStep(1.1)).isEqualTo(2);
        assertThat(SvgChart.roundStep(230)).isEqualTo(500);
        assertThat(SvgChart.roundStep(5100)).isEqualTo(10_000);
    }

    @Test
    void numbers_haveThreeDigits_orNoneBehindThePoint() {
        assertThat(Numbers.shown(12.345)).isEqualTo("12.3");
        assertThat(Numbers.shown(0.012345)).isEqualTo("0.0123");
        assertThat(Numbers.shown(999.6)).isEqualTo("1000");
        assertThat(Numbers.shown(1234.5)).isEqualTo("1,235");
        assertThat(Numbers.shown(0)).isEqualTo("0");
        assertThat(Numbers.shown(Double.NaN)).isEqualTo("–");
    }
}
