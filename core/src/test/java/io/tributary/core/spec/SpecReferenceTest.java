package io.tributary.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference that users read is what the readers of the spec ask for. */
class SpecReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("tributary.home", ".."), "docs/spec-reference.md");

    private static final String WRITE_IT = "docs/spec-reference.md is not what the code says; write it anew with"
            + " mvn -pl core test -Dtest=SpecReferenceTest -Dtributary.write=true";

    private static final Pattern KNOWN = Pattern.compile("(.*)zzzzzzzz is not a key of the spec; known are (.*)");

    private final SpecReference reference = new SpecReference();

    @Test
    void page_isWhatTheReadersAskFor() throws IOException {
        String page = reference.page();
        if (Boolean.getBoolean("tributary.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).as(WRITE_IT).isEqualTo(page);
    }

    @Test
    void descriptions_areOfTheKeysThatThereAre() {
        assertThat(reference.described())
                .as("keys.txt says what each key is for, and nothing of others")
                .containsExactlyInAnyOrderElementsOf(reference.keys());
    }

    /** A key that the page lacks would be one that a reader knows and never asks for in the specimen. */
    @Test
    void everyKeyThatIsKnown_isOnThePage() {
        List<String> known = new ArrayList<>();
        for (Task task : Task.values()) {
            String yaml = SpecReference.specimen(task).replace("{", "{zzzzzzzz: 1, ") + "zzzzzzzz: 1\n";
            for (String problem : SpecParserTest.problemsOf(yaml)) {
                Matcher names = KNOWN.matcher(problem.replaceFirst("^\\S+: ", ""));
                if (names.matches()) {
                    for (String name : names.group(2).split(", ")) {
                        known.add(SpecReference.general(names.group(1) + name));
                    }
                }
            }
        }

        assertThat(known)
                .hasSizeGreaterThan(100)
                .allSatisfy(key -> assertThat(reference.keys())
                        .anyMatch(
                                each -> each.equals(key) || each.startsWith(key + ".") || each.startsWith(key + "[]")));
    }
}
