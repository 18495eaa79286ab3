package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script for the shell, read by a real one. */
class CompletionTest {

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void print() throws IOException {
        script = Files.writeString(folder.resolve("completion.sh"), printed("bash"));
    }

    @Test
    void script_isOneThatBashReads() throws Exception {
        assertThat(bash("bash -n " + script)).isEmpty();
        assertThat(bash("source " + script + "; complete -p tributary")).contains("-F _complete_tributary");
    }

    @Test
    void script_forZsh_isTheSame() {
        assertThat(printed("zsh")).isEqualTo(printed("bash"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tributary", "./tributary"})
    void commands_areCompleted(String typed) throws Exception {
        assertThat(completed(typed, "va")).containsExactly("validate");
        assertThat(completed(typed, "b")).containsExactlyInAnyOrder("backtest", "bench");
        assertThat(completed(typed, "cluster", "st")).containsExactlyInAnyOrder("start", "stop");
    }

    @Test
    void options_areCompleted() throws Exception {
        assertThat(completed("tributary", "run", "--emb")).containsExactly("--embedded");
        assertThat(completed("tributary", "run", "--only", "l")).containsExactly("learning");
        assertThat(completed("tributary", "completion", "z")).containsExactly("zsh");
    }

    private static String printed(String shell) {
        StringWriter written = new StringWriter();
        int code = Tributary.command().setOut(new PrintWriter(written)).execute("completion", shell);
        assertThat(code).isZero();
        return written.toString();
    }

    /** As the shell does when TAB is pressed behind the last of the words; compopt complains anywhere else. */
    private List<String> completed(String... words) throws Exception {
        String line = String.join(" ", words);
        return bash("source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1)
                        + "; COMP_LINE='" + line + "'; COMP_POINT=${#COMP_LINE}; _complete_tributary 2>/dev/null;"
                        + " printf '%s\\n' \"${COMPREPLY[@]}\"")
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static String bash(String what) throws IOException, InterruptedException {
        Process bash =
                new ProcessBuilder("bash", "-c", what).redirectErrorStream(true).start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output;
    }
}
