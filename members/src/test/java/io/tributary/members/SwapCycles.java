package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A process that loads models of every engine beside those that it has, has all of them score, each on a thread of its
 * own as in the scoring plane, and closes the former ones, again and again. It prints its resident memory in KiB after
 * each cycle.
 */
final class SwapCycles {

    /** Of each model, in folders of their own, so that they are loaded apart: what one leaves behind counts this often. */
    private static final int COPIES = 5;

    private static final int CALLS = 20;
    private static final int ROWS = 500;
    private static final int TREES = 150;
    private static final MemberFactory ONNX = new OnnxMemberFactory();
    private static final MemberFactory TORCHSCRIPT = new TorchscriptMemberFactory();
    private static final MemberFactory XGBOOST = new XgboostMemberFactory();

    private SwapCycles() {}

    /** Takes how often to swap, and an empty folder. */
    public static void main(String[] args) throws Exception {
        int cycles = Integer.parseInt(args[0]);
        Path forest = forest(Path.of(args[1]));
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < 2 * COPIES; i++) {
            folders.add(Files.createDirectory(Path.of(args[1], "models-" + i)));
            for (Path model : List.of(Samples.file("logistic.onnx"), Samples.file("mlp.pt"), forest)) {
                Files.copy(model, folders.get(i).resolve(model.getFileName()));
            }
        }
        List<Member> former = open(folders.subList(0, COPIES));
        for (int cycle = 1; cycle <= cycles; cycle++) {
            int from = cycle % 2 * COPIES;
            List<Member> next = open(folders.subList(from, from + COPIES));
            List<Member> both = new ArrayList<>(former);
            both.addAll(next);
            scoreSideBySide(both);
            former.forEach(Member::close);
            former = next;
            System.out.println("resident " + residentKibibytes());
        }
    }

    /** A large one, for of a small one XGBoost keeps too little to be missed. */
    private static Path forest(Path folder) throws XGBoostError {
        Random random = new Random(5);
        float[] rows = new float[ROWS * COLUMNS.size()];
        float[] labels = new float[ROWS];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextFloat();
            labels[i / COLUMNS.size()] = random.nextInt(2);
        }
        DMatrix data = new DMatrix(rows, ROWS, COLUMNS.size(), Float.NaN);
        data.setLabel(labels);
        Map<String, Object> parameters = Map.of("objective", "binary:logistic", "max_depth", 6, "nthread", 1);
        Booster booster = XGBoost.train(data, parameters, TREES, Map.of(), null, null);
        Path file = folder.resolve("forest.ubj");
        booster.saveModel(file.toString());
        booster.dispose();
        data.dispose();
        return file;
    }

    private static List<Member> open(List<Path> folders) {
        List<Member> members = new ArrayList<>();
        for (Path folder : folders) {
            members.add(open(ONNX, "onnx", folder.resolve("logistic.onnx")));
            members.add(open(TORCHSCRIPT, "torchscript", folder.resolve("mlp.pt")));
            members.add(open(XGBOOST, "xgboost", folder.resolve("forest.ubj")));
        }
        return members;
    }

    private static Member open(MemberFactory factory, String kind, Path model) {
        return factory.open(Samples.spec(kind, model, COLUMNS), new MemberSetup(COLUMNS, 64, 1));
    }

    private static void scoreSideBySide(List<Member> members) throws Exception {
        float[][] rows = Samples.golden(Samples.file("golden-logistic.csv")).rows();
        ExecutorService threads = Executors.newFixedThreadPool(members.size());
        List<Future<?>> done = new ArrayList<>();
        for (Member member : members) {
            done.add(threads.submit(() -> {
                for (int i = 0; i < CALLS; i++) {
                    Samples.score(member, rows);
                }
                return null;
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();
    }

    /** After the garbage collector, since direct buffers go with the objects that hold them. */
    private static long residentKibibytes() throws Exception {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("/proc/self/status has no VmRSS");
    }
}
