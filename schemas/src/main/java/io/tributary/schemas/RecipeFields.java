package io.tributary.schemas;

import static io.tributary.schemas.Fields.doubleValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.optionalLong;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeNull;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.Prediction;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Link;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The recipe of a prediction, in its field {@code recipe}; null where no more is known of it than the method. */
final class RecipeFields {

    private static final long NO_SEGMENT = -1;

    private RecipeFields() {}

    static void write(Encoder out, Prediction.Recipe recipe) throws IOException {
        Link link = recipe.link();
        if (link == null) {
            writeNull(out);
            return;
        }
        out.writeIndex(1);
        out.writeString(link.label());
        Fields.writeArray(out, recipe.bias());
        out.writeDouble(recipe.clip());
        out.writeDouble(recipe.trim());
        Calibration calibration = recipe.calibration();
        if (calibration == null) {
            writeNull(out);
        } else {
            out.writeIndex(1);
            out.writeDouble(calibration.slope());
            out.writeDouble(calibration.intercept());
        }
        writeOptional(out, recipe.threshold());
        out.writeDouble(recipe.segmentShare());
        writeOptional(out, recipe.segmentVersion(), NO_SEGMENT);
        Fields.writeStrings(out, recipe.shadows());
    }

    static Prediction.Recipe read(GenericRecord from, String method) {
        GenericRecord recipe = (GenericRecord) from.get("recipe");
        return recipe == null
                ? Prediction.Recipe.unknown(method)
                : new Prediction.Recipe(
                        method,
                        Link.of(string(recipe, "link")),
                        Fields.array(recipe, "bias"),
                        doubleValue(recipe, "clip"),
                        doubleValue(recipe, "trim"),
                        calibration((GenericRecord) recipe.get("calibration")),
                        optionalDouble(recipe, "threshold"),
                        doubleValue(recipe, "segmentShare"),
                        optionalLong(recipe, "segmentWeightsVersion", NO_SEGMENT),
                        Fields.strings(recipe, "shadows"));
    }

    private static @Nullable Calibration calibration(@Nullable GenericRecord from) {
        return from == null ? null : new Calibration(doubleValue(from, "slope"), doubleValue(from, "intercept"));
    }
}
