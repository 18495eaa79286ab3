package io.tributary.benchmarks;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Whether a model answers on a GPU as it does on the CPU, opened as a slot with a GPU opens it, and what that costs:
 * opening, the first batch of a size, rows a second, memory, several threads.
 *
 * <p>{@code GpuCheck MODEL COLUMNS CLASSES [DIMxDIM…]}: a {@code .onnx} or {@code .pt} file, how many columns it reads, how
 * many numbers it answers a row, and the dimensions of a row if they are several. {@code -Dgpu=N} is the GPU, 0 unless
 * given; below 0 the CPU is compared with itself. Ends with 1 where an answer is off by more than 1e-5.
 */
public final class GpuCheck {

    private static final int MOST = 512;
    private static final int[] SIZES = {1, 8, 32, 128, 512};
    private static final int[] MIXED = {3, 40, 17, 100, 9, 200};
    private static final double TOLERANCE = 1e-5;
    private static final long MEASURED_NANOS = 700_000_000;

    private final int gpu = Integer.getInteger("gpu", 0);
    private final MemberLoader onCpu = MemberLoader.discover();
    private final MemberLoader onGpu = onCpu.onGpus(gpu < 0 ? Set.of() : Set.of(gpu));
    private final Path model;
    private final List<String> columns;
    private final int classes;
    private final MemberSpec.Input input;
    private final double[] answer;
    private double worst;

    private GpuCheck(Path model, int columns, int classes, List<Integer> shape) {
        this.model = model;
        this.columns = IntStream.range(0, columns).mapToObj(i -> "c" + i).toList();
        this.classes = classes;
        this.input = new MemberSpec.Input(false, shape);
        this.answer = new double[MOST * classes];
    }

    /** Checks one model and prints what it took. */
    public static void main(String[] args) throws Exception {
        List<Integer> shape = args.length < 4
                ? List.of()
                : Arrays.stream(args[3].split("x", -1)).map(Integer::valueOf).toList();
        GpuCheck check = new GpuCheck(
                Path.of(args[0]).toAbsolutePath(), Integer.parseInt(args[1]), Integer.parseInt(args[2]), shape);
        check.run();
        System.exit(check.worst <= TOLERANCE ? 0 : 1);
    }

    private void run() throws Exception {
        say("%s, before: %s", model.getFileName(), memory());
        long start = System.nanoTime();
        try (Member first = open(onGpu, 1)) {
            say("first opened, for a row at a time: %.0f ms, %s", millisSince(start), memory());
            first.score(batch(1), answer);
            firstBatches();
            try (Member tested = open(onGpu, MOST);
                    Member reference = open(onCpu, MOST)) {
                differences(reference, tested);
                rates(reference, tested);
                threads(reference);
            }
        }
        say("closed: %s, %d models left", memory(), onGpu.inUse().models());
        reopen();
    }

    /** A member of more rows warms more sizes: what opening it first takes beyond opening it again is the new size's. */
    private void firstBatches() {
        for (int most = 2; most <= MOST; most *= 2) {
            double first = openAndClose(most);
            say("opened for %d rows at a time: %.1f ms, and again %.1f ms", most, first, openAndClose(most));
        }
    }

    private double openAndClose(int most) {
        long start = System.nanoTime();
        open(onGpu, most).close();
        return millisSince(start);
    }

    private void differences(Member reference, Member tested) throws Exception {
        for (int rows = 1; rows <= MOST; rows += rows < 70 ? 1 : 37) {
            compare(tested, batch(rows), expected(reference, batch(rows)), answer);
        }
        say("largest difference from the CPU: %.2e", worst);
    }

    private double[] expected(Member reference, FeatureBatch batch) throws Exception {
        double[] scores = new double[batch.rows() * classes];
        reference.score(batch, scores);
        return scores;
    }

    private void compare(Member tested, FeatureBatch batch, double[] expected, double[] scores) throws Exception {
        tested.score(batch, scores);
        double most = 0;
        for (int i = 0; i < expected.length; i++) {
            most = Math.max(most, Math.abs(scores[i] - expected[i]));
        }
        synchronized (this) {
            worst = Math.max(worst, most);
        }
    }

    private void rates(Member reference, Member tested) throws Exception {
        say("rows a batch | CPU, us a batch | GPU, us a batch");
        for (int size : SIZES) {
            say("%d | %.0f | %.0f", size, microsABatch(reference, size), microsABatch(tested, size));
        }
        say(
                "in turn %s | %.0f | %.0f",
                Arrays.toString(MIXED), microsABatch(reference, MIXED), microsABatch(tested, MIXED));
    }

    private double microsABatch(Member member, int... sizes) throws Exception {
        List<FeatureBatch> batches = Arrays.stream(sizes).mapToObj(this::batch).toList();
        measure(member, batches, MEASURED_NANOS / 3);
        return MEASURED_NANOS / 1e3 / measure(member, batches, MEASURED_NANOS);
    }

    private long measure(Member member, List<FeatureBatch> batches, long nanos) throws Exception {
        long start = System.nanoTime();
        int scored = 0;
        while (System.nanoTime() - start < nanos) {
            member.score(batches.get(scored++ % batches.size()), answer);
        }
        return scored;
    }

    /** Each thread has a member of its own, all of one model, and compares all that it is answered. */
    private void threads(Member reference) throws Exception {
        for (int size : new int[] {32, MOST}) {
            FeatureBatch batch = batch(size);
            double[] expected = expected(reference, batch);
            for (int count = 1; count <= 8; count *= 2) {
                double rows = together(count, batch, expected) * 1e9 / MEASURED_NANOS * size;
                say("%d threads, %d rows a batch: %,.0f rows/s, %s", count, size, rows, memory());
            }
        }
        say("largest difference from the CPU with threads: %.2e", worst);
    }

    private long together(int count, FeatureBatch batch, double[] expected) throws Exception {
        CyclicBarrier ready = new CyclicBarrier(count);
        Callable<Integer> scoring = () -> {
            double[] scores = new double[MOST * classes];
            try (Member member = open(onGpu, MOST)) {
                ready.await();
                int batches = 0;
                for (long start = System.nanoTime(); System.nanoTime() - start < MEASURED_NANOS; batches++) {
                    compare(member, batch, expected, scores);
                }
                return batches;
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            return sum(threads.invokeAll(
                    IntStream.range(0, count).mapToObj(i -> scoring).toList()));
        } finally {
            threads.shutdown();
        }
    }

    private static long sum(List<Future<Integer>> counts) throws ExecutionException, InterruptedException {
        long sum = 0;
        for (Future<Integer> count : counts) {
            sum += count.get();
        }
        return sum;
    }

    private void reopen() {
        for (int times = 0; times < 3; times++) {
            double millis = 0;
            for (int i = 0; i < 10; i++) {
                millis += openAndClose(MOST);
            }
            say("opened and closed 10 times, each %.0f ms: %s", millis / 10, memory());
        }
    }

    private Member open(MemberLoader loader, int most) {
        String kind = model.toString().endsWith(".pt") ? "torchscript" : "onnx";
        MemberSpec spec = new MemberSpec(
                "checked",
                kind,
                model,
                null,
                columns,
                input,
                List.of(),
                MemberSpec.Score.of(0),
                MemberSpec.Standing.PLAIN,
                1,
                1);
        return loader.open(spec, new MemberSetup(columns, most, classes));
    }

    private FeatureBatch batch(int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        FeatureBatch batch = new FeatureBatch(rows, columns.size());
        float[] row = new float[columns.size()];
        while (!batch.isFull()) {
            for (int column = 0; column < row.length; column++) {
                row[column] = (float) random.nextDouble(-1, 1);
            }
            batch.add(row);
        }
        return batch;
    }

    private String memory() {
        if (gpu < 0) {
            return "no GPU";
        }
        List<String> command =
                new ArrayList<>(List.of("nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader"));
        command.addAll(List.of("-i", Integer.toString(gpu)));
        try {
            Process process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip() + " used";
        } catch (IOException e) {
            return "memory unknown";
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
