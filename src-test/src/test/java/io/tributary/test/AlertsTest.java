package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds it in the pages. */
class AlertsTest {

    private static List<String> found(String file, String pattern) throws IOException {
        Matcher matcher =
                Pattern.compile(pattern).matcher(Files.readString(Stack.home().resolve(file)));
        return matcher.results().map(each -> each.group(1)).sorted().toList();
    }

    @Test
    void operating_saysOfEachAlertWhatToDo() throws IOException {
        List<String> alerts = found("deploy/prometheus/alerts.yml", "alert: (\\w+)");

        assertThat(alerts).hasSizeGreaterThan(10);
        assertThat(found("docs/operating.md", "`(Tributary\\w+)`")).isEqualTo(alerts);
    }
}
