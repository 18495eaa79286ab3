package io.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final CommandLine command =
            Main.command().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));

    @Test
    void help_teachesEverySectionAndOption() {
        assertThat(command.execute("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "pipeline",
                        "micro",
                        "--quick",
                        "--json",
                        "--out",
                        "--only",
                        "--repeats",
                        "--cases",
                        "Examples:");
    }

    @Test
    void only_ofNoSection_namesThoseThereAre() {
        assertThat(command.execute("--only", "speed")).isNotZero();
        assertThat(out.toString()).contains("--only names speed, which is no section; there are pipeline");
    }

    @Test
    void repeats_belowOne_areRefused() {
        assertThat(command.execute("--repeats", "0")).isNotZero();
        assertThat(out.toString()).contains("--repeats is 0, must be at least 1");
    }
}
