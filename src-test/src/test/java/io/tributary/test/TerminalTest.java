package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same command on a terminal and beside one: script is what makes one. */
class TerminalTest {

    private static final String EVENTS = "400000";

    @TempDir
    private Path folder;

    @Test
    void longWork_onATerminal_drawsABar() throws Exception {
        String output = run("script", "-qec", generate() + " 2>&1", "/dev/null");

        assertThat(output)
                .contains("░", "of 400,000 card payments", "\r\u001b[K", "payments.csv: 400,000 card payments");
    }

    @Test
    void longWork_elsewhere_drawsNothing() throws Exception {
        String output = run("bash", "-c", generate() + " 2>&1 | cat");

        assertThat(output).contains("payments.csv: 400,000 card payments").doesNotContain("░", "\u001b", "\r");
    }

    /** Where standard output is a file, standard error may be a terminal all the same, and the other way round. */
    @Test
    void longWork_withItsResultInAFile_drawsTheBarOnStandardError() throws Exception {
        String output = run("script", "-qec", generate() + " --json > " + folder.resolve("out.json"), "/dev/null");

        assertThat(output).contains("░").doesNotContain("{");
        assertThat(folder.resolve("out.json")).content().startsWith("{").doesNotContain("░", "\u001b");
    }

    private String generate() {
        return "bash " + Stack.home().resolve("tributary") + " generate --events " + EVENTS + " --out "
                + folder.resolve("payments.csv");
    }

    private static String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
