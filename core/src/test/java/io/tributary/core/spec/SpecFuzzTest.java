package io.tributary.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged specs: whatever is wrong, the answer is a list of problems with lines that exist. */
class SpecFuzzTest {

    private static final Path FRAUD = Path.of(System.getProperty("tributary.home", ".."), "examples/fraud/fraud.yaml");
    private static final int VARIANTS = 2_000;
    private static final String[] TOKENS = {
        "[",
        "]",
        "{",
        "}",
        ":",
        "- ",
        "? ",
        "'",
        "\"",
        "&a ",
        "*a",
        "!!int ",
        "!t ",
        "|",
        ">",
        "#",
        "~",
        "null",
        "-1",
        "1e999",
        ".nan",
        "\t",
        ",",
        "%",
        "@",
        "---",
        "...",
        "<<: *a",
        "\u0000",
        "\ud83d\ude00",
        "true",
        "[[]]",
        "{a: {b: c}}"
    };

    @Test
    void parse_damagedSpec_throwsNothingButSpecException() throws IOException {
        List<String> lines = Files.readAllLines(FRAUD);
        Random random = new Random(20_250_101);
        int refused = 0;
        for (int variant = 0; variant < VARIANTS; variant++) {
            List<String> damaged = new ArrayList<>(lines);
            int wounds = 1 + random.nextInt(3);
            for (int i = 0; i < wounds; i++) {
                wound(damaged, random);
            }
            refused += refuses(String.join("\n", damaged), variant) ? 1 : 0;
        }
        // A few wounds leave a right spec: a comment or an optional line lost.
        assertThat(refused).isBetween(VARIANTS / 2, VARIANTS - 1);
    }

    private static boolean refuses(String yaml, int variant) {
        try {
            SpecParser.parse(yaml, FRAUD);
            return false;
        } catch (SpecException e) {
            long lines = yaml.lines().count();
            assertThat(e.problems()).as("variant %d", variant).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isBetween(1, (int) lines + 1);
                assertThat(problem.message())
                        .isNotBlank()
                        .doesNotContain("null;")
                        .hasLineCount(1);
            });
            assertThat(e.problems()).isSortedAccordingTo((a, b) -> Integer.compare(a.line(), b.line()));
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("variant " + variant + " of the spec threw something else:\n" + yaml, e);
        }
    }

    private static void wound(List<String> lines, Random random) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.set(at, "  " + line);
            case 3 -> lines.set(at, line.strip());
            case 4 -> lines.set(at, lines.get(random.nextInt(lines.size())));
            case 5 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
            case 6 -> lines.set(at, replacedWord(line, random));
            default -> {
                int cut = random.nextInt(line.length() + 1);
                lines.set(at, line.substring(0, cut) + TOKENS[random.nextInt(TOKENS.length)] + line.substring(cut));
            }
        }
    }

    private static String replacedWord(String line, Random random) {
        String[] words = line.split("(?<= )", -1);
        words[random.nextInt(words.length)] = TOKENS[random.nextInt(TOKENS.length)];
        return String.join("", words);
    }
}
