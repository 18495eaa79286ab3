package io.tributary.core.spec;

import io.tributary.core.Labels;
import io.tributary.core.Task;
import java.util.List;

/** Reads what is predicted, and what only one task has. */
final class TaskReader {

    private TaskReader() {}

    /** What is predicted; what the task does not have is NaN or empty. */
    record Read(Task task, List<String> classes, double threshold, double quantile) {}

    static Read read(Section root) {
        Task task = Task.of(root.choice("task", Task.BINARY.label(), Task.labels()));
        return new Read(
                task,
                classes(task, root),
                share(task, Task.BINARY, root, "threshold"),
                share(task, Task.QUANTILE, root, "quantile"));
    }

    private static List<String> classes(Task task, Section root) {
        List<String> classes = root.strings("classes");
        if (task != Task.MULTICLASS) {
            rejectElsewhere(Task.MULTICLASS, root, "classes");
            return List.of();
        }
        String problem = Labels.problem(classes);
        if (problem != null) {
            root.problem("classes", problem);
        }
        return classes;
    }

    private static double share(Task task, Task its, Section root, String key) {
        double share = root.number(key, 0.5, v -> v > 0 && v < 1, "in (0, 1)");
        if (task != its) {
            rejectElsewhere(its, root, key);
        }
        return task == its ? share : Double.NaN;
    }

    private static void rejectElsewhere(Task its, Section root, String key) {
        if (root.has(key)) {
            root.problem(key, "goes with task: " + its.label() + " only; remove it");
        }
    }
}
