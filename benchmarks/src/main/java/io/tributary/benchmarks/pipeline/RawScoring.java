package io.tributary.benchmarks.pipeline;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tributary.benchmarks.process.ChildTask;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What ONNX Runtime's own Java API costs at its best, on one thread: rows copied into a direct buffer, run, scores copied
 * out, with tensors that are made once.
 *
 * @param modelFiles the members' models
 * @param width how many numbers a row has
 * @param answers how many a model answers with
 * @param batch rows a call
 * @param millis how long to measure, for all members together
 */
record RawScoring(List<String> modelFiles, int width, int answers, int batch, long millis)
        implements ChildTask<Double> {
    private static final long serialVersionUID = 1L;

    private static final int ROWS = 1024;
    private static final int WARM_UP_CALLS = 50;

    /** Nanoseconds of CPU a row, over all members. */
    @Override
    public Double call() throws OrtException {
        float[] rows = new float[ROWS * width];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (2 * random.nextDouble() - 1);
        }
        double sum = 0;
        for (String file : modelFiles) {
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file, options)) {
                    sum += nanosARow(session, rows);
                }
            }
        }
        return sum;
    }

    private double nanosARow(OrtSession session, float[] rows) throws OrtException {
        FloatBuffer in = direct(batch * width);
        FloatBuffer out = direct(batch * answers);
        float[] scores = new float[batch * answers];
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor features = OnnxTensor.createTensor(environment, in, new long[] {batch, width});
                OnnxTensor answer = OnnxTensor.createTensor(environment, out, new long[] {batch, answers})) {
            Map<String, OnnxTensor> inputs =
                    Map.of(session.getInputNames().iterator().next(), features);
            Map<String, OnnxTensor> outputs =
                    Map.of(session.getOutputNames().iterator().next(), answer);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long until = 0;
            long since = 0;
            long calls = 0;
            int from = 0;
            while (true) {
                in.clear();
                in.put(rows, from, batch * width);
                session.run(inputs, outputs).close();
                out.clear();
                out.get(scores);
                from = from + 2 * batch * width > rows.length ? 0 : from + batch * width;
                calls++;
                if (calls == WARM_UP_CALLS) {
                    since = threads.getCurrentThreadCpuTime();
                    until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis / modelFiles.size());
                } else if (calls > WARM_UP_CALLS && System.nanoTime() - until > 0) {
                    long spent = threads.getCurrentThreadCpuTime() - since;
                    return spent / (double) ((calls - WARM_UP_CALLS) * batch);
                }
            }
        }
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
