package io.tributary.core.control;

import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who has said of a publication that it is loaded: it may be committed once every subtask of every operator has. */
public final class RollCall {

    private final String publication;
    private final Map<String, BitSet> ready = new TreeMap<>();
    private final Map<String, Integer> subtasks = new TreeMap<>();
    private @Nullable String problem;

    /**
     * Nobody has answered yet.
     *
     * @param operators who must
     */
    public RollCall(String publication, Collection<String> operators) {
        this.publication = publication;
        operators.forEach(operator -> ready.put(operator, new BitSet()));
    }

    /** Takes what was said; what is not an answer to this publication changes nothing. */
    public void take(Control said) {
        if (!said.publication().equals(publication) || said.operator() == null || !ready.containsKey(said.operator())) {
            return;
        }
        if (said.kind() == Control.Kind.UNABLE) {
            problem = said.operator() + " " + (said.subtask() + 1) + "/" + said.subtasks() + ": " + said.problem();
        } else if (said.kind() == Control.Kind.READY) {
            subtasks.put(said.operator(), said.subtasks());
            ready.get(said.operator()).set(said.subtask());
        }
    }

    /** Whether every subtask has loaded it. */
    public boolean isComplete() {
        return ready.entrySet().stream()
                .allMatch(each -> each.getValue().cardinality() == subtasks.getOrDefault(each.getKey(), -1));
    }

    /** Who cannot load it, and why; null while nobody has said so. */
    public @Nullable String problem() {
        return problem;
    }

    /** How far it is, such as {@code score 1/2}. */
    public String progress() {
        StringBuilder text = new StringBuilder();
        ready.forEach((operator, set) -> {
            Integer of = subtasks.get(operator);
            text.append(text.isEmpty() ? "" : ", ")
                    .append(operator)
                    .append(' ')
                    .append(set.cardinality())
                    .append('/')
                    .append(of == null ? "?" : of);
        });
        return text.toString();
    }
}
