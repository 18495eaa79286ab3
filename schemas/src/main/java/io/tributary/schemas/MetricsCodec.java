package io.tributary.schemas;

import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** {@link Metrics} as {@code io.tributary.EnsembleMetrics}. */
final class MetricsCodec extends Codec<Metrics> {

    MetricsCodec() {
        super("ensemble-metrics.avsc");
    }

    @Override
    public void write(Metrics metrics, Encoder out) throws IOException {
        out.writeString(metrics.ensemble());
        out.writeInt(metrics.specVersion());
        out.writeEnum(schema().getField("scope")
                .schema()
                .getEnumOrdinal(metrics.scope().name()));
        out.writeLong(metrics.fromMillis());
        out.writeLong(metrics.toMillis());
        out.writeLong(metrics.version());
        out.writeLong(metrics.labels());
        out.writeLong(metrics.corrections());
        out.writeLong(metrics.unlearnable());
        out.writeArrayStart();
        out.setItemCount(metrics.figures().size());
        for (Figures figures : metrics.figures()) {
            out.startItem();
            out.writeString(figures.scorer());
            out.writeLong(figures.count());
            writeOptional(out, figures.answered());
            writeOptional(out, figures.logLoss());
            writeOptional(out, figures.brier());
            writeOptional(out, figures.averagePrecision());
            writeOptional(out, figures.auc());
        }
        out.writeArrayEnd();
        out.writeLong(metrics.reportedAtMillis());
    }

    @Override
    public Metrics read(GenericRecord from) {
        List<Figures> figures = new ArrayList<>();
        for (Object item : (List<?>) from.get("scorers")) {
            GenericRecord scorer = (GenericRecord) item;
            figures.add(new Figures(
                    string(scorer, "scorer"),
                    longValue(scorer, "count"),
                    optionalDouble(scorer, "answered"),
                    optionalDouble(scorer, "logLoss"),
                    optionalDouble(scorer, "brier"),
                    optionalDouble(scorer, "averagePrecision"),
                    optionalDouble(scorer, "auc")));
        }
        return new Metrics(
                string(from, "ensemble"),
                intValue(from, "specVersion"),
                Metrics.Scope.valueOf(string(from, "scope")),
                longValue(from, "from"),
                longValue(from, "to"),
                longValue(from, "version"),
                longValue(from, "labels"),
                longValue(from, "corrections"),
                longValue(from, "unlearnable"),
                figures,
                longValue(from, "reportedAt"));
    }
}
