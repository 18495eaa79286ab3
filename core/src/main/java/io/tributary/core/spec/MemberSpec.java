package io.tributary.core.spec;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of the ensemble.
 *
 * @param name unique in the ensemble; predictions, weights and metrics carry it
 * @param kind what opens it: {@code onnx}, {@code torchscript}, {@code xgboost} or {@code rules}
 * @param model the model's file; null for rules
 * @param sha256 the file's checksum, 64 hexadecimal digits; null if the spec does not fix it
 * @param columns the columns it reads, in the order the model expects
 * @param input how those columns are laid out for the model
 * @param rules its rules, in order: the first that holds gives the score; empty for models
 * @param otherwise the score when no rule holds
 * @param standing what part it has in the fusion
 * @param threads how many threads its model may compute with, from 1; it may be given fewer
 * @param line where the spec defines it, from 1
 */
public record MemberSpec(
        String name,
        String kind,
        @Nullable Path model,
        @Nullable String sha256,
        List<String> columns,
        Input input,
        List<Rule> rules,
        Score otherwise,
        Standing standing,
        int threads,
        int line) {

    /** How many threads a model may ask for. */
    static final int MOST_THREADS = 256;

    /** What part a member has in the fusion. */
    public enum Standing {
        /** Its score counts by its weight; where it is missing, the others are fused. */
        PLAIN,
        /** Where it is missing, there is no score. */
        REQUIRED,
        /** It is scored, recorded and learned about, and has no part in the fusion. */
        SHADOW
    }

    /**
     * The one array that a model reads.
     *
     * @param whole whether its numbers are 64-bit integers, else 32-bit floats
     * @param shape the lengths of a row's dimensions, in whose order the columns are laid out; empty for one dimension
     */
    public record Input(boolean whole, List<Integer> shape) {

        /** Floats, a row's columns one after the other. */
        public static final Input ROWS = new Input(false, List.of());

        /** Takes its own copy. */
        public Input {
            shape = List.copyOf(shape);
        }
    }

    /**
     * One rule.
     *
     * @param when a CEL expression over the columns, each a double; true means the rule holds
     * @param score the score it gives
     * @param line where the spec defines it, from 1
     */
    public record Rule(String when, Score score, int line) {}

    /**
     * What a rule says: always the same, or what an expression makes of the event.
     *
     * @param constant the score, in [0, 1] for classes; NaN if an expression gives it
     * @param expression a CEL expression over the columns, a double; null for a constant. Where it is NaN or out of range,
     *     the member has no score.
     */
    public record Score(double constant, @Nullable String expression) {

        /** Always the same score. */
        public static Score of(double constant) {
            return new Score(constant, null);
        }
    }
}
