package io.tributary.schemas;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.FeatureSpec;
import io.tributary.core.spec.Spelling;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Holds the fields that a spec names against the schema of the features topic. */
public final class SpecFields {

    private SpecFields() {}

    /** One sentence for each field that the schema lacks or has with a type that does not fit; each begins with it. */
    public static List<String> problems(EnsembleSpec spec, Schema schema) {
        List<String> problems = new ArrayList<>();
        EnsembleSpec.Events events = spec.events();
        check(events.id(), schema, false, problems);
        check(events.time(), schema, false, problems);
        if (events.segment() != null) {
            check(events.segment(), schema, false, problems);
        }
        if (spec.features().sequenceKey() != null) {
            check(spec.features().sequenceKey(), schema, false, problems);
        }
        for (FeatureSpec feature : spec.features().features()) {
            check(feature.field(), schema, !feature.isText(), problems);
        }
        return problems;
    }

    /** The field that a problem is about. */
    public static String fieldIn(String problem) {
        return problem.substring(0, problem.indexOf(' '));
    }

    private static void check(String name, Schema schema, boolean numeric, List<String> problems) {
        Schema at = schema;
        for (String step : name.split("\\.")) {
            Schema.Field field = at.getType() == Schema.Type.RECORD ? at.getField(step) : null;
            if (field == null) {
                problems.add(name + " is no field of " + schema.getFullName() + nearest(step, at));
                return;
            }
            at = FieldPath.withoutNull(field.schema());
        }
        boolean isNumber = switch (at.getType()) {
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
            default -> false;
        };
        if (numeric && !isNumber) {
            problems.add(name + " is of type " + at.getType().getName() + " in " + schema.getFullName()
                    + ", must be a number or boolean; for text use oneHot, hash or tokenizer");
        } else if (isComposite(at)) {
            problems.add(name + " is of type " + at.getType().getName() + " in " + schema.getFullName()
                    + ", must be a string, number, boolean or enum");
        }
    }

    private static boolean isComposite(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ARRAY, MAP, BYTES, FIXED -> true;
            default -> false;
        };
    }

    private static String nearest(String name, Schema record) {
        if (record.getType() != Schema.Type.RECORD) {
            return "";
        }
        List<String> names = record.getFields().stream().map(Schema.Field::name).toList();
        return Spelling.hint(name, names);
    }
}
