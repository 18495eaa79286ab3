package io.tributary.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LaunchedTest {

    private static final long MILLIS = 30_000;

    @TempDir
    private Path home;

    @Test
    void await_aLineThatIsPrinted_givesWhatMatched() throws Exception {
        try (Launched command = start("echo begins; echo \"broker up at 127.0.0.1:$1\"; exec sleep 60")) {
            assertThat(command.await(Pattern.compile("up at (\\S+)"), MILLIS).group(1))
                    .isEqualTo("127.0.0.1:9092");
        }
    }

    @Test
    void await_commandEndsBefore_showsWhatItSaid() throws Exception {
        try (Launched command = start("echo no port is free")) {
            assertThatThrownBy(() -> command.await(Pattern.compile("up at"), MILLIS))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("./tributary 9092 did not say up at")
                    .hasMessageContaining("no port is free");
        }
    }

    @Test
    void awaitEnd_commandFails_showsItsExitCode() throws Exception {
        try (Launched command = start("exit 3")) {
            assertThatThrownBy(() -> command.awaitEnd(MILLIS))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("ended with exit code 3");
        }
    }

    @Test
    void close_whileItRuns_endsItAsCtrlCWould() throws Exception {
        Path ended = home.resolve("ended");
        Launched command = start("trap 'touch " + ended + "; exit 0' TERM; echo runs; while :; do sleep 0.1; done");
        command.await(Pattern.compile("runs"), MILLIS);

        command.close();

        assertThat(ended).exists();
    }

    private Launched start(String script) throws IOException {
        Path command = Files.writeString(home.resolve("tributary"), "#!/bin/sh\n" + script + "\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        return Launched.start(home, List.of("9092"));
    }
}
