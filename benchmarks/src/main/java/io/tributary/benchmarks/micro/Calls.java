package io.tributary.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Calls that share a table.
 *
 * @param title the table's heading
 * @param note what its reader must know
 * @param calls its rows
 */
record Calls(String title, String note, List<Call> calls) {

    private static final String EVENT_NOTE = """
            An event with an id of 36 characters, a time and its features, which are written as `float` or as unions of null and
            double (nullable). Straight from the bytes, as the scoring plane does it, and by GenericDatumReader, out of whose record
            the features are then taken by position. Both end with the columns that members read. `ratio` is GenericDatumReader's
            time over that of the straight way.""";
    private static final String FILL_NOTE = "Filled from numbers one by one, as they are out of a GenericRecord.";
    private static final String PREDICT_NOTE = """
            Scores of one event, fused by every candidate of the default learner, with contributions and disagreement (predict);
            what members contribute, fused once (contribution); a prediction as Avro (encode); and both as the scoring operator
            does them, into a buffer that is used again (predict and encode).""";
    private static final String LEARN_NOTE = """
            A learner's rule alone, and a whole label as the learning plane folds it: fused again, its regrets taken, folded in.
            All learners are in [learners.md](learners.md).""";

    /** Copies. */
    Calls {
        calls = List.copyOf(calls);
    }

    /** All that the section measures. */
    static List<Calls> all() {
        return List.of(
                decoding(),
                new Calls("Columns", FILL_NOTE, List.of(fill(30), fill(784))),
                new Calls("From scores to a prediction's bytes", PREDICT_NOTE, predicting()),
                new Calls("A label", LEARN_NOTE, learning()));
    }

    private static Calls decoding() {
        List<Call> calls = new ArrayList<>();
        for (String features : List.of("30", "784")) {
            for (String type : List.of("float", "nullable")) {
                Map<String, String> record = Map.of("features", features, "type", type);
                String label = features + " features, " + type + ": ";
                Call generic = new Call(label + "GenericDatumReader", DecodeBenchmark.class, "throughRecord", record);
                calls.add(new Call(label + "straight", DecodeBenchmark.class, "straight", record, generic));
                calls.add(generic);
            }
        }
        return new Calls("From an event's bytes to columns", EVENT_NOTE, calls);
    }

    private static Call fill(int features) {
        Map<String, String> parameters = Map.of("features", Integer.toString(features), "type", "float");
        return new Call("fill " + features + " columns", DecodeBenchmark.class, "prepare", parameters);
    }

    private static List<Call> predicting() {
        List<Call> calls = new ArrayList<>();
        for (int members : new int[] {3, 16}) {
            calls.add(onScores("predict", "predict", members, 1));
            calls.add(onScores("contribution", "contribution", members, 1));
            calls.add(onScores("encode", "encode", members, 1));
            calls.add(onScores("predict and encode", "toBytes", members, 1));
        }
        calls.add(onScores("predict and encode, 10 classes", "toBytes", 16, 10));
        return calls;
    }

    private static Call onScores(String what, String method, int members, int classes) {
        Map<String, String> ensemble =
                Map.of("members", Integer.toString(members), "classes", Integer.toString(classes));
        return new Call(what + ", " + members + " members", PredictBenchmark.class, method, ensemble);
    }

    private static List<Call> learning() {
        Map<String, String> rule = Map.of("learner", "boa", "members", "8");
        Map<String, String> fold = Map.of("learner", "auto", "members", "8");
        return List.of(
                new Call("rule of boa, 8 members", LearnerBenchmark.class, "update", rule),
                new Call("label, auto, 8 members", LearnerBenchmark.class, "learn", fold));
    }
}
