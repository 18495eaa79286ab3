package io.tributary.core.spec;

import io.tributary.core.Task;
import io.tributary.core.spec.MemberSpec.Rule;
import io.tributary.core.spec.MemberSpec.Score;
import io.tributary.core.spec.MemberSpec.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the {@code members} mapping: from each member's name to what it is. */
final class MemberReader {

    /** Kinds whose value is a model's file; the remaining kind, rules, lists its content. */
    private static final List<String> MODEL_KINDS = List.of("onnx", "torchscript", "xgboost");

    /** Kinds of models that read an array of any type and shape. */
    private static final List<String> SHAPED_KINDS = List.of("onnx", "torchscript");
    /** Kinds whose models are loaded with a number of threads of their own. */
    private static final List<String> THREADED_KINDS = List.of("onnx", "xgboost");

    private static final String ONE_THREAD = "goes with models only; rules are evaluated by one thread, so remove it";

    private static final String PYTORCH_THREADS =
            "goes with onnx and xgboost only: all TorchScript models of a process share one setting, the JVM's option"
                    + " -Dai.djl.pytorch.num_threads; remove it";

    private static final DoublePredicate PROBABILITY = v -> v >= 0 && v <= 1;

    private final Problems problems;
    private final UnaryOperator<Path> files;
    private final Task task;

    MemberReader(Problems problems, UnaryOperator<Path> files, Task task) {
        this.problems = problems;
        this.files = files;
        this.task = task;
    }

    List<MemberSpec> read(Section root, FeaturePlan features) {
        Section all = root.section("members");
        if (all.keys().isEmpty() && !all.isBroken()) {
            root.problem("members", "is empty or missing; an ensemble needs at least one member");
        }
        List<MemberSpec> members = new ArrayList<>();
        for (String name : all.keys()) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}") || name.equals("fused") || name.equals("uniform")) {
                all.problem(
                        name,
                        "is no name for a member: use 1 to 64 letters, digits, dots, dashes and underscores,"
                                + " and neither 'fused' nor 'uniform'");
            }
            members.add(member(name, all.line(name), all.section(name), features));
        }
        if (!members.isEmpty() && members.stream().allMatch(member -> member.standing() == Standing.SHADOW)) {
            root.problem("members", "are all shadows; at least one must have a part in the fusion");
        }
        return members;
    }

    private MemberSpec member(String name, int line, Section section, FeaturePlan features) {
        List<String> kinds = new ArrayList<>();
        for (String kind : MODEL_KINDS) {
            if (section.has(kind)) {
                kinds.add(kind);
            }
        }
        if (section.has("rules")) {
            kinds.add("rules");
        }
        String kind = kinds.isEmpty() ? "" : kinds.get(0);
        if (kinds.size() != 1 && !section.isBroken()) {
            problems.add(
                    line,
                    "members." + name + " has "
                            + (kinds.isEmpty() ? "neither model nor rules" : String.join(" and ", kinds))
                            + ", must have exactly one of " + String.join(", ", MODEL_KINDS) + ", rules");
        }
        if (kind.equals("rules") && task == Task.MULTICLASS) {
            section.problem(
                    "rules",
                    "gives one number, and task: multiclass asks for a probability for each class; take a model");
        }
        List<String> columns = columns(section, features);
        boolean isModel = MODEL_KINDS.contains(kind);
        MemberSpec member = new MemberSpec(
                name,
                kind,
                isModel ? section.file(kind, files) : null,
                Checksum.read(section),
                columns,
                InputReader.read(section, SHAPED_KINDS.contains(kind), columns.size()),
                rules(section),
                section.has("otherwise") ? score(section, "otherwise") : Score.of(0),
                standing(section),
                section.integer("threads", 1, 1, MemberSpec.MOST_THREADS),
                line);
        if (section.has("threads") && !THREADED_KINDS.contains(kind) && !kind.isEmpty()) {
            section.problem("threads", kind.equals("rules") ? ONE_THREAD : PYTORCH_THREADS);
        }
        if (isModel && section.has("otherwise")) {
            section.problem("otherwise", "goes with rules only; remove it");
        }
        section.rejectUnknownKeys();
        return member;
    }

    private static Standing standing(Section section) {
        boolean required = section.flag("required", false);
        boolean shadow = section.flag("shadow", false);
        if (required && shadow) {
            section.problem("shadow", "does not go with required: a shadow has no part in the fusion; keep one");
        }
        return required ? Standing.REQUIRED : shadow ? Standing.SHADOW : Standing.PLAIN;
    }

    /** A feature's name stands for all its columns, unless one of them is called so. */
    private static List<String> columns(Section section, FeaturePlan features) {
        List<String> columns = features.columns();
        List<String> chosen = new ArrayList<>();
        for (String name : section.strings("features")) {
            List<String> named = columns.contains(name) ? List.of(name) : features.columnsOf(name);
            if (named.isEmpty()) {
                section.problem(
                        "features",
                        "names " + Problems.shown(name) + ", which is no column of the spec's features"
                                + Spelling.hint(name, features.names()));
            }
            chosen.addAll(named);
        }
        return chosen.isEmpty() ? columns : chosen;
    }

    /** A number, which for classes must be a probability, or the text of an expression. */
    private Score score(Section section, String key) {
        String text = section.text(key, "0");
        try {
            double number = Double.parseDouble(text);
            boolean allowed = task.isClasses() ? PROBABILITY.test(number) : Math.abs(number) <= Double.MAX_VALUE;
            if (!allowed) {
                section.badValue(key, text, "must be " + (task.isClasses() ? "in [0, 1]" : "finite"));
            }
            return Score.of(number);
        } catch (NumberFormatException e) {
            return new Score(Double.NaN, text);
        }
    }

    private List<Rule> rules(Section section) {
        List<Rule> rules = new ArrayList<>();
        for (Node item : section.items("rules")) {
            Section rule = Section.of(section.name("rules[" + rules.size() + "]"), item, section.line(), problems);
            String when = rule.required("when", "give the expression that must hold");
            if (!rule.has("score")) {
                rule.problem("score", "is missing; give the score for when the rule holds");
            }
            rules.add(new Rule(when, score(rule, "score"), rule.line()));
            rule.rejectUnknownKeys();
        }
        if (section.isEmptyList("rules")) {
            section.problem("rules", "is empty, must list at least one rule");
        }
        return rules;
    }
}
