package io.tributary.schemas;

import io.tributary.core.Labels;
import io.tributary.core.Task;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.OutcomeSpec;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Makes outcomes of the user's records, as the spec maps their fields. Not for several threads. */
public final class OutcomeMapper {

    private final OutcomeSpec outcomes;
    private final Labels labels;
    private final Map<Schema, Plan> plans = new IdentityHashMap<>();

    /** A mapper for the spec's outcomes topic. */
    public OutcomeMapper(EnsembleSpec spec) {
        this.outcomes = spec.outcomes();
        this.labels = spec.labels();
    }

    /** Where the spec's fields are in records of one schema. */
    private record Plan(
            FieldPath id,
            FieldPath label,
            FieldPath time,
            @Nullable FieldPath kind,
            @Nullable FieldPath source,
            @Nullable FieldPath propensity) {}

    /**
     * The outcome that a record stands for.
     *
     * @throws UndecodableException if the id, time or label is missing, the label is none of the task's (binary: 0 or 1; multiclass: a class of the spec), the kind is none,
     *     or the propensity lies outside (0, 1]
     */
    public Outcome map(GenericRecord record) throws UndecodableException {
        Plan plan = plans.computeIfAbsent(record.getSchema(), this::plan);
        Outcome.Kind kind = kind(plan, record);
        double label = label(plan, record);
        boolean needsLabel = kind != Outcome.Kind.RETRACTION;
        if ((needsLabel || !Double.isNaN(label)) && !isLabel(label)) {
            throw new UndecodableException("field " + outcomes.label() + " is "
                    + (Double.isNaN(label) ? "missing" : Double.toString(label)) + ", must be "
                    + labels.rule());
        }
        double propensity = plan.propensity == null ? Double.NaN : plan.propensity.number(record);
        if (propensity <= 0 || propensity > 1) {
            throw new UndecodableException(
                    "field " + outcomes.propensity() + " is " + propensity + ", must be above 0 and at most 1");
        }
        return new Outcome(
                plan.id.requiredText(record),
                label,
                kind,
                plan.time.requiredTimeMillis(record),
                plan.source == null ? null : plan.source.text(record),
                propensity);
    }

    private double label(Plan plan, GenericRecord record) throws UndecodableException {
        if (labels.task() != Task.MULTICLASS) {
            return plan.label.number(record);
        }
        String name = plan.label.text(record);
        try {
            return name == null ? Double.NaN : labels.parse(name);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(
                    "field " + outcomes.label() + " is the text '" + name + "', " + e.getMessage());
        }
    }

    private boolean isLabel(double label) {
        return labels.task() == Task.BINARY ? label == 0 || label == 1 : Math.abs(label) <= Double.MAX_VALUE;
    }

    private Outcome.Kind kind(Plan plan, GenericRecord record) throws UndecodableException {
        String name = plan.kind == null ? null : plan.kind.text(record);
        Outcome.Kind kind = name == null ? Outcome.Kind.FINAL : Outcome.Kind.named(name);
        if (kind == null) {
            throw new UndecodableException("field " + outcomes.kind() + " is the text '" + name
                    + "', must be final, provisional, correction or retraction");
        }
        return kind;
    }

    private Plan plan(Schema schema) {
        return new Plan(
                FieldPath.of(outcomes.id(), schema),
                FieldPath.of(outcomes.label(), schema),
                FieldPath.of(outcomes.time(), schema),
                optional(outcomes.kind(), schema),
                optional(outcomes.source(), schema),
                optional(outcomes.propensity(), schema));
    }

    private static @Nullable FieldPath optional(@Nullable String field, Schema schema) {
        return field == null ? null : FieldPath.of(field, schema);
    }
}
