package io.tributary.members;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tributary.core.member.Device;
import io.tributary.core.member.MemberException;
import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Loads models with DJL. */
final class DjlLoading {

    private static final Map<String, String> ENGINES = Map.of("onnx", "OnnxRuntime", "torchscript", "PyTorch");

    private DjlLoading() {}

    /**
     * Loads a model.
     *
     * @throws MemberException if the engine does not start or cannot use the device, or the file is no model of it
     */
    static Model load(MemberSpec member, Path file, Device device, int threads) {
        Engine engine = start(member);
        if (device.isGpu() && !engine.hasCapability(StandardCapabilities.CUDA)) {
            throw Failures.noCuda(member, engine.getEngineName(), device);
        }
        Model model =
                engine.newModel(member.name(), device.isGpu() ? ai.djl.Device.gpu(device.gpu()) : ai.djl.Device.cpu());
        try {
            if (device.isGpu() && member.kind().equals("onnx")) {
                loadShared(model, file, threads);
            } else {
                model.load(file, null, options(threads));
            }
            return model;
        } catch (IOException | MalformedModelException | OrtException | RuntimeException e) {
            model.close();
            throw device.isGpu() ? Failures.notOn(device, member, e) : Failures.unreadable(member, e);
        } catch (Error e) {
            model.close();
            throw e;
        }
    }

    /** On a GPU, ONNX Runtime learns patterns of memory from calls one after the other, and several threads call here. */
    private static void loadShared(Model model, Path file, int threads)
            throws IOException, MalformedModelException, OrtException {
        try (OrtSession.SessionOptions own = new OrtSession.SessionOptions()) {
            own.setMemoryPatternOptimization(false);
            Map<String, Object> options = new HashMap<>(options(threads));
            options.put("sessionOptions", own);
            model.load(file, null, options);
        }
    }

    /** What each engine is told when it loads a model; it passes over the other's. */
    private static Map<String, Object> options(int threads) {
        return Map.of(
                "intraOpNumThreads",
                Integer.toString(threads),
                "interOpNumThreads",
                "1",
                // A model saved on a GPU loads on the CPU.
                "mapLocation",
                "true");
    }

    private static Engine start(MemberSpec member) {
        String name = ENGINES.get(member.kind());
        if (name == null) {
            throw new MemberException("member " + member.name() + " is of kind " + member.kind()
                    + ", must be onnx or torchscript to be run by DJL");
        }
        DjlSettings.apply();
        try {
            return Engine.getEngine(name);
        } catch (RuntimeException | LinkageError e) {
            throw Failures.noEngine(member, name, e);
        }
    }
}
