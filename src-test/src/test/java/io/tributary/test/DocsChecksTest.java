package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.spec.SpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What checks the pages sees what is wrong with one. */
class DocsChecksTest {

    @TempDir
    Path folder;

    private MarkdownPage page(String text) throws Exception {
        return MarkdownPage.read(Files.writeString(folder.resolve("page.md"), text));
    }

    @Test
    void command_withAnUnknownOptionOrWithoutWhatItNeeds_isNotUnderstood() throws Exception {
        assertThatThrownBy(() -> TypedCommands.parse("./tributary run --embeded spec.yaml"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("--embeded");
        assertThatThrownBy(() -> TypedCommands.parse("./tributary validate"))
                .isInstanceOf(CommandLine.MissingParameterException.class);
        MarkdownPage page = page("```sh\n./tributary demo \\\n    --evnts 10    # fewer\n```\n");
        assertThatThrownBy(() -> new DocsTest().commands_areUnderstood(page)).isInstanceOf(AssertionError.class);
    }

    @Test
    void span_thatNamesAnUnknownOption_isSeen() {
        assertThat(TypedCommands.unknownOptions("run --embeded")).containsExactly("--embeded");
        assertThat(TypedCommands.unknownOptions("./tributary cluster start --slts S"))
                .containsExactly("--slts");
        assertThat(TypedCommands.unknownOptions("tributary dance SPEC")).containsExactly("dance");
        assertThat(TypedCommands.unknownOptions("submit --from-savepoint … --drained"))
                .isEmpty();
        assertThat(TypedCommands.unknownOptions("run")).isEmpty();
        assertThat(TypedCommands.unknownOptions("a text")).isEmpty();
    }

    @Test
    void fragmentOfASpec_withAWrongKey_isNone() throws Exception {
        assertThat(SpecSnippet.parse("learning: {learner: boa}\n", folder)
                        .learning()
                        .learner())
                .isEqualTo("boa");
        assertThatThrownBy(() -> SpecSnippet.parse("learning: {learnr: boa}\n", folder))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("did you mean 'learner'?");
    }

    @Test
    void filesThatAreNotThere_areSeen() throws Exception {
        for (String text : List.of("[a](gone.md)", "![a](images/gone.png)", "# Here\n\n[a](#there)")) {
            MarkdownPage page = page(text);
            assertThatThrownBy(() -> new DocsTest().links_leadSomewhere(page))
                    .as(text)
                    .isInstanceOf(AssertionError.class);
        }
        MarkdownPage page = page("```sh\npython3 docs/scripts/gone.py\n```\n");
        assertThatThrownBy(() -> new DocsTest().commands_areUnderstood(page)).isInstanceOf(AssertionError.class);
    }

    @Test
    void page_isTakenApart() throws Exception {
        MarkdownPage page = page("""
                # The first page, again

                <!-- file: a/b.yaml -->
                <!-- outcome -->
                ```json
                {"a": "`run --gone`"}
                ```
                A `span
                of two lines` and a [link](other.md#there), but not [that](https://example.org).
                """);

        assertThat(page.blocks())
                .containsExactly(new MarkdownPage.Block(
                        5, "json", Map.of("file", "a/b.yaml", "outcome", ""), "{\"a\": \"`run --gone`\"}\n"));
        assertThat(page.spans()).containsExactly("span of two lines");
        assertThat(page.links()).containsExactly("other.md#there");
        assertThat(page.anchors()).containsExactly("the-first-page-again");
    }
}
