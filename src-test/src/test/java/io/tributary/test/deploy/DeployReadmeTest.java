package io.tributary.test.deploy;

import static io.tributary.test.deploy.DeployFiles.DEPLOY;
import static io.tributary.test.deploy.DeployFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What deploy/README.md says to type and to look at is there. */
class DeployReadmeTest {

    private final String readme = text(DEPLOY.resolve("README.md"));

    private List<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(readme)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void files_thatAreNamed_exist() {
        assertThat(found("\\]\\(([^)#:]+)[^)]*\\)"))
                .hasSizeGreaterThan(5)
                .filteredOn(link -> !link.startsWith("http"))
                .allSatisfy(link -> assertThat(DEPLOY.resolve(link)).exists());
        assertThat(found("(?:-f|-k|SPEC=)[ ]?(deploy/[\\w./-]+)"))
                .hasSizeGreaterThan(5)
                .allSatisfy(path -> assertThat(DeployFiles.HOME.resolve(path)).exists());
    }

    @Test
    void targetsAndTags_ofTheBuilds_areThoseOfTheDockerfileAndTheManifests() {
        String dockerfile = text(DEPLOY.resolve("docker/Dockerfile"));

        assertThat(found("--target (\\S+)"))
                .containsExactly("tributary", "flink", "flink-gpu")
                .allSatisfy(target -> assertThat(dockerfile).contains(" AS " + target + "\n"));
        assertThat(found("--target \\S+ -t (\\S+)"))
                .containsExactly(
                        String.valueOf(DeployFiles.container("Deployment", "fraud-dashboard")
                                .get("image")),
                        String.valueOf(DeployFiles.at(
                                DeployFiles.manifest("FlinkDeployment", "fraud-scoring"), "spec", "image")),
                        String.valueOf(DeployFiles.at(
                                DeployFiles.documents(text(DeployFiles.GPU.resolve("scoring.yaml")))
                                        .get(0),
                                "spec",
                                "image")));
    }

    @Test
    void variables_ofTheComposeFile_areExplained() {
        String all = text(DEPLOY.resolve("compose.yaml"));

        assertThat(Pattern.compile("\\$\\{(\\w+)").matcher(all).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(readme).contains(variable));
    }
}
