package io.tributary.benchmarks.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Results as JSON, for programs: one object a case, with {@code boundRatio} beside its name where there is a bound. */
public final class JsonResults {

    private JsonResults() {}

    /** The results of all sections. */
    public static ObjectNode of(Run run, List<SectionResult> sections) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("command", run.command());
        root.put("date", run.date().toString());
        Machine machine = run.machine();
        root.putObject("machine")
                .put("cpu", machine.cpu())
                .put("cores", machine.cores())
                .put("memoryBytes", machine.memoryBytes())
                .put("jdk", machine.jdk())
                .put("os", machine.os());
        ArrayNode cases = root.putArray("cases");
        for (SectionResult section : sections) {
            for (CaseGroup group : section.groups()) {
                group.cases().forEach(each -> add(cases.addObject(), section, group, each));
            }
        }
        return root;
    }

    private static void add(ObjectNode node, SectionResult section, CaseGroup group, CaseResult measured) {
        node.put("section", section.name()).put("group", group.title()).put("case", measured.name());
        measured.figure(CaseResult.BOUND_RATIO)
                .ifPresent(ratio -> number(node, CaseResult.BOUND_RATIO, ratio.median()));
        ObjectNode figures = node.putObject("figures");
        for (Figure figure : measured.figures()) {
            ObjectNode into = figures.putObject(figure.name()).put("unit", figure.unit());
            number(into, "median", figure.median());
            number(into, "min", figure.min());
            number(into, "max", figure.max());
            ArrayNode samples = into.putArray("samples");
            figure.samples().forEach(samples::add);
        }
    }

    /** JSON knows no NaN. */
    private static void number(ObjectNode into, String name, double value) {
        if (Double.isNaN(value)) {
            into.putNull(name);
        } else {
            into.put(name, value);
        }
    }
}
