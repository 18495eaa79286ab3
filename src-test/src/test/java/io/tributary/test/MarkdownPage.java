package io.tributary.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, taken apart.
 *
 * @param blocks its fenced blocks, in order
 */
record MarkdownPage(Path file, String text, List<Block> blocks) {

    private static final Pattern COMMENT = Pattern.compile("<!-- ([^:]+?)(?:: (.*))? -->");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    /**
     * A fenced block.
     *
     * @param line where it begins, from 1
     * @param language what stands behind the fence
     * @param notes the comments right above it, such as {@code <!-- file: a.yaml -->}: from the word to what it says
     */
    record Block(int line, String language, Map<String, String> notes, String text) {

        /** Whether it holds commands. */
        boolean isCommands() {
            return language.equals("sh") || (language.isEmpty() && text.startsWith("./tributary "));
        }

        /** Its commands, each on one line and without the comment at its end. */
        List<String> commands() {
            return text.replaceAll("\\\\\\n\\s*", "")
                    .lines()
                    .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    static MarkdownPage read(Path file) {
        try {
            String text = Files.readString(file);
            return new MarkdownPage(file, text, blocks(text.lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Block> blocks(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int begin = i++;
                StringBuilder text = new StringBuilder();
                for (; !lines.get(i).startsWith("```"); i++) {
                    text.append(lines.get(i)).append('\n');
                }
                blocks.add(new Block(
                        begin + 1, lines.get(begin).substring(3).strip(), notes(lines, begin), text.toString()));
            }
        }
        return blocks;
    }

    private static Map<String, String> notes(List<String> lines, int fence) {
        Map<String, String> notes = new LinkedHashMap<>();
        for (int i = fence - 1; i >= 0; i--) {
            Matcher comment = COMMENT.matcher(lines.get(i));
            if (!comment.matches()) {
                break;
            }
            notes.put(comment.group(1), comment.group(2) == null ? "" : comment.group(2));
        }
        return notes;
    }

    /** What stands between backquotes within its text, each on one line. */
    List<String> spans() {
        return SPAN.matcher(prose())
                .results()
                .map(span -> span.group(1).replaceAll("\\s+", " "))
                .toList();
    }

    /** Where its links and pictures lead, but for those to other sites. */
    List<String> links() {
        return LINK.matcher(prose())
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    /** The names by which others can link to its headings. */
    Stream<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
    }

    private String prose() {
        return text.replaceAll("(?ms)^```.*?^```$", "");
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public String toString() {
        return file.toString().contains("docs") ? "docs/" + name() : name();
    }
}
