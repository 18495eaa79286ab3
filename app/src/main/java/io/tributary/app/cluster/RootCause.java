package io.tributary.app.cluster;

import java.util.List;

/** What went wrong, out of the text of a stack trace. */
final class RootCause {

    private static final String CAUSED_BY = "Caused by: ";

    private RootCause() {}

    /** The innermost cause, with what to do where the runtime jar is what lacks. */
    static String of(String stackTrace) {
        List<String> lines = stackTrace
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String root = lines.isEmpty() ? "unknown" : lines.get(0);
        for (String line : lines) {
            if (line.startsWith(CAUSED_BY)) {
                root = line.substring(CAUSED_BY.length());
            }
        }
        boolean noClass = root.contains("ClassNotFoundException") || root.contains("NoClassDefFoundError");
        return noClass && root.matches(".*io[./]tributary[./]core.*")
                ? root + "; " + FlinkCluster.RUNTIME_JAR
                        + " is not on the class path of every TaskManager: copy it into Flink's lib/ there and start them again"
                : root;
    }
}
