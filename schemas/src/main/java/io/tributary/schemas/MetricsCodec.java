package io.tributary.schemas;

import static io.tributary.schemas.Fields.doubleValue;
import static io.tributary.schemas.Fields.intValue;
import static io.tributary.schemas.Fields.longValue;
import static io.tributary.schemas.Fields.optionalDouble;
import static io.tributary.schemas.Fields.string;
import static io.tributary.schemas.Fields.writeOptional;

import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;

/** {@link Metrics} as {@code io.tributary.EnsembleMetrics}. */
final class MetricsCodec extends Codec<Metrics> {

    /** The figures in the order of the schema's fields. */
    private static final List<Figure> IN_ORDER = List.of(
            Figure.LOG_LOSS,
            Figure.BRIER,
            Figure.AVERAGE_PRECISION,
            Figure.AUC,
            Figure.ACCURACY,
            Figure.PRECISION,
            Figure.RECALL,
            Figure.F1,
            Figure.MACRO_F1,
            Figure.KAPPA_TEMPORAL,
            Figure.RMSE,
            Figure.MAE,
            Figure.MAPE,
            Figure.PINBALL,
            Figure.COVERAGE,
            Figure.INTERVAL_WIDTH);

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
            for (Figure figure : IN_ORDER) {
                writeOptional(out, figures.of(figure));
            }
            writeCalibration(figures.calibration(), out);
        }
        out.writeArrayEnd();
        writeAlarms(metrics.alarms(), out);
        out.writeLong(metrics.reportedAtMillis());
    }

    private static void writeAlarms(List<Metrics.Alarm> alarms, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(alarms.size());
        for (Metrics.Alarm alarm : alarms) {
            out.startItem();
            out.writeString(alarm.scorer());
            out.writeString(alarm.detector());
            out.writeDouble(alarm.meanBefore());
            out.writeDouble(alarm.meanAfter());
        }
        out.writeArrayEnd();
    }

    private static List<Metrics.Alarm> alarms(List<?> records) {
        List<Metrics.Alarm> alarms = new ArrayList<>();
        for (Object item : records) {
            GenericRecord alarm = (GenericRecord) item;
            alarms.add(new Metrics.Alarm(
                    string(alarm, "scorer"),
                    string(alarm, "detector"),
                    doubleValue(alarm, "meanBefore"),
                    doubleValue(alarm, "meanAfter")));
        }
        return alarms;
    }

    private static void writeCalibration(List<Figures.CalibrationBin> bins, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(bins.size());
        for (Figures.CalibrationBin bin : bins) {
            out.startItem();
            out.writeDouble(bin.meanScore());
            out.writeDouble(bin.positiveShare());
            out.writeLong(bin.count());
        }
        out.writeArrayEnd();
    }

    private static List<Figures.CalibrationBin> calibration(List<?> records) {
        List<Figures.CalibrationBin> bins = new ArrayList<>();
        for (Object item : records) {
            GenericRecord bin = (GenericRecord) item;
            bins.add(new Figures.CalibrationBin(
                    doubleValue(bin, "meanScore"), doubleValue(bin, "positiveShare"), longValue(bin, "count")));
        }
        return bins;
    }

    @Override
    public Metrics read(GenericRecord from) {
        List<Figures> figures = new ArrayList<>();
        for (Object item : (List<?>) from.get("scorers")) {
            GenericRecord scorer = (GenericRecord) item;
            Map<Figure, Double> values = new EnumMap<>(Figure.class);
            for (Figure figure : IN_ORDER) {
                values.put(figure, optionalDouble(scorer, figure.label()));
            }
            figures.add(new Figures(
                    string(scorer, "scorer"),
                    longValue(scorer, "count"),
                    optionalDouble(scorer, "answered"),
                    values,
                    calibration((List<?>) scorer.get("calibration"))));
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
                alarms((List<?>) from.get("alarms")),
                longValue(from, "reportedAt"));
    }
}
