package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is right. */
class ReadmeTest {

    private final Path home = Stack.home();

    @Test
    void spec_inTheReadme_isValid() throws Exception {
        Matcher block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(readme());
        assertThat(block.find()).isTrue();

        EnsembleSpec spec = SpecParser.parse(block.group(1), home.resolve("README.md"));

        assertThat(spec.memberNames()).containsExactly("logistic", "mlp", "boosted", "rules");
        assertThat(spec.features().width()).isEqualTo(2 + 2 + 3 + 64);
    }

    @Test
    void testCommand_inTheReadme_isWhatIntegrationRuns() throws Exception {
        Matcher commands = Pattern.compile("```\\n(\\./tributary demo)\\n(mvn [^\\n]*)\\n```")
                .matcher(readme());
        assertThat(commands.find()).isTrue();
        List<String> words = List.of(commands.group(2).split(" "));

        assertThat(Files.readString(home.resolve(".ci/run")))
                .containsPattern("exec mvn .*" + words.get(words.size() - 1) + "\\n");
    }

    @Test
    void links_inTheReadme_leadSomewhere() throws Exception {
        Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
        int count = 0;
        while (links.find()) {
            assertThat(home.resolve(links.group(1))).exists();
            count++;
        }
        assertThat(count).isGreaterThan(10);
    }

    private String readme() throws Exception {
        return Files.readString(home.resolve("README.md"));
    }
}
