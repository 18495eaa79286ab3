package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.core.feedback.Outcome;
import io.tributary.schemas.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Every command and snippet of the README and of the pages in {@code docs}. Commands of the pages are run in the page's
 * order, those of the README taken apart. What a comment above a block may say:
 *
 * <ul>
 *   <li>{@code file: PATH} the reader saves the block there
 *   <li>{@code test with: OPTIONS} options of the block's first command that make it smaller
 *   <li>{@code parsed only: REASON} the commands are not run, which {@link #NOT_RUN} lists
 *   <li>{@code no spec} the YAML is that of something else
 *   <li>{@code outcome} the JSON is an {@code Outcome} record
 * </ul>
 */
class DocsTest {

    /** Blocks whose commands are not run, by page, and why. */
    private static final Map<String, List<String>> NOT_RUN = Map.of(
            "clusters-and-gpus.md",
            List.of("ClusterTest runs these", "ClusterTest runs these", "it needs the job's jar built"),
            "why-this-score.md",
            List.of("the port is another one in the test"));

    private static final Set<String> PROGRAMS = Set.of("./tributary", "python3", "mkdir", "cp", "sed", "curl", "mvn");
    private static final Set<String> LANGUAGES = Set.of("sh", "yaml", "json", "text");
    private static final String IMPORTS = "import numpy, sklearn, onnx, torch, xgboost";

    static Stream<MarkdownPage> pages() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Stack.home().resolve("README.md")));
        files.addAll(docs());
        return files.stream().map(MarkdownPage::read);
    }

    private static List<Path> docs() throws IOException {
        try (Stream<Path> files = Files.list(Stack.home().resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<MarkdownPage> pagesWithCommands() throws IOException {
        return docs().stream()
                .map(MarkdownPage::read)
                .filter(page -> page.blocks().stream().anyMatch(DocsTest::isRun));
    }

    private static boolean isRun(MarkdownPage.Block block) {
        return block.isCommands() && !block.notes().containsKey("parsed only");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_leadSomewhere(MarkdownPage page) {
        for (String link : page.links()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? page.file()
                    : page.file().resolveSibling(parts[0]).normalize();
            assertThat(target).as("%s links to %s", page, link).exists();
            if (parts.length > 1) {
                assertThat(MarkdownPage.read(target).anchors())
                        .as("%s links to %s", page, link)
                        .contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void snippets_areWhatTheySay(MarkdownPage page) {
        for (MarkdownPage.Block block : page.blocks()) {
            String where = page + ":" + block.line();
            boolean isPlain = block.language().isEmpty() && page.name().equals("README.md");
            assertThat(isPlain || LANGUAGES.contains(block.language()))
                    .as("%s has a fence of %s", where, LANGUAGES)
                    .isTrue();
            if (block.language().equals("yaml")) {
                assertThatCode(() -> checkYaml(block, page)).as(where).doesNotThrowAnyException();
            } else if (block.language().equals("json")) {
                assertThatCode(() -> checkJson(block)).as(where).doesNotThrowAnyException();
            }
        }
    }

    private static void checkYaml(MarkdownPage.Block block, MarkdownPage page) {
        if (block.notes().containsKey("no spec")) {
            new Load(LoadSettings.builder().build()).loadFromString(block.text());
        } else {
            SpecSnippet.parse(block.text(), page.file());
        }
    }

    private static void checkJson(MarkdownPage.Block block) throws IOException {
        JsonNode json = new ObjectMapper().readTree(block.text());
        if (block.notes().getOrDefault("file", "").endsWith(".avsc")) {
            assertThat(new Schema.Parser().parse(block.text()).getType()).isEqualTo(Schema.Type.RECORD);
        }
        if (block.notes().containsKey("outcome")) {
            Schema outcome = Codecs.OUTCOME.schema();
            assertThat(outcome.getFields().stream().map(Schema.Field::name).toList())
                    .containsAll(json::fieldNames);
            assertThat(outcome.getFields()).allMatch(field -> field.hasDefaultValue() || json.has(field.name()));
            assertThat(Outcome.Kind.named(json.path("kind").asText("FINAL"))).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commands_areUnderstood(MarkdownPage page) {
        for (MarkdownPage.Block block : page.blocks()) {
            for (String command : block.isCommands() ? block.commands() : List.<String>of()) {
                String where = page + ":" + block.line() + ": " + command;
                String program = command.split(" ")[0];
                assertThat(PROGRAMS).as(where).contains(program);
                for (String word : command.split(" ")) {
                    if (word.matches("(examples|docs)/.*")) {
                        assertThat(Stack.home().resolve(word)).as(where).exists();
                    }
                }
                if (program.equals("./tributary")) {
                    assertThatCode(() -> TypedCommands.parse(command)).as(where).doesNotThrowAnyException();
                }
            }
        }
        for (String span : page.spans()) {
            assertThat(TypedCommands.unknownOptions(span))
                    .as("%s: %s", page, span)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void commands_doWhatThePageSays(MarkdownPage page) throws Exception {
        boolean needsPython = page.text().contains("\npython3 ");
        String python = needsPython ? python() : null;
        assumeTrue(
                !needsPython || python != null,
                page + " is only parsed: there is no python3 with numpy, scikit-learn, onnx, PyTorch and XGBoost");

        try (PageRun run = new PageRun(page.name(), python)) {
            for (MarkdownPage.Block block : page.blocks()) {
                run.take(block);
            }
        }
    }

    /** The interpreter that has what the scripts import; null if there is none. */
    private static @Nullable String python() throws Exception {
        for (String each : List.of("python3", "/usr/bin/python3")) {
            Process process = new ProcessBuilder("bash", "-c", each + " -c '" + IMPORTS + "'")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return each;
            }
        }
        return null;
    }

    @Test
    void blocksThatAreNotRun_areListedHere() throws Exception {
        Map<String, List<String>> found = new TreeMap<>();
        pages().forEach(page -> page.blocks().forEach(block -> {
            String reason = block.notes().get("parsed only");
            if (reason != null) {
                found.computeIfAbsent(page.name(), name -> new ArrayList<>()).add(reason);
            }
        }));

        assertThat(found).isEqualTo(NOT_RUN);
    }

    @Test
    void index_namesEveryPage() throws Exception {
        List<String> links =
                MarkdownPage.read(Stack.home().resolve("docs/README.md")).links();

        for (Path page : docs()) {
            String name = String.valueOf(page.getFileName());
            assertThat(name.equals("README.md") || links.contains(name))
                    .as(name)
                    .isTrue();
        }
    }
}
