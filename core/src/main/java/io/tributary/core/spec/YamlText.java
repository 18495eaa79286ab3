package io.tributary.core.spec;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the text of a spec as YAML. */
final class YamlText {

    private YamlText() {}

    /** The root of what the text says; null if it says nothing, which is then among the problems. */
    static @Nullable Node compose(String yaml, Path file, Problems problems) {
        try {
            Node root = new Compose(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .composeString(yaml)
                    .orElse(null);
            if (root == null) {
                problems.add(1, "the spec is empty; examples/fraud/fraud.yaml shows what one looks like");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            int since = e.getContextMark().map(Mark::getLine).orElse(line - 1) + 1;
            String where = since < line ? " " + e.getContext() + " that begins at line " + since : "";
            problems.add(line, "this is not YAML: " + Problems.shown(e.getProblem()) + where);
        } catch (ReaderException e) {
            int line = 1
                    + (int) yaml.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            String character = String.format(Locale.ROOT, "U+%04X", e.getCodePoint());
            problems.add(line, "this is not YAML: the character " + character + " is not allowed; remove it");
        } catch (YamlEngineException e) {
            problems.add(1, "this is not YAML: " + Problems.shown(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            // The YAML reader calls itself for each level and has no limit of its own.
            problems.add(1, "the spec nests lists or mappings too deeply; a spec needs six levels at most");
        }
        return null;
    }
}
