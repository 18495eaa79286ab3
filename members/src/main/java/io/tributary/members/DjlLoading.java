package io.tributary.members;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
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
        if (device.isGpu() && member.kind().equals("onnx")) {
            return loadOnCuda(engine, member, file, device, threads);
        }
        if (device.isGpu() && !engine.hasCapability(StandardCapabilities.CUDA)) {
            throw Failures.noCuda(member, engine.getEngineName(), device, null);
        }
        return load(
                engine.newModel(member.name(), device.isGpu() ? ai.djl.Device.gpu(device.gpu()) : ai.djl.Device.cpu()),
                member,
                file,
                device,
                options(threads));
    }

    private static Model load(Model model, MemberSpec member, Path file, Device device, Map<String, Object> options) {
        try {
            model.load(file, null, options);
            return model;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw device.isGpu() ? Failures.notOn(device, member, e) : Failures.unreadable(member, e);
        } catch (Error e) {
            model.close();
            throw e;
        }
    }

    /** With CUDA as it is wanted here. To DJL the model is on the CPU, or it would add CUDA once more, with its defaults. */
    private static Model loadOnCuda(Engine engine, MemberSpec member, Path file, Device device, int threads) {
        try (OrtCUDAProviderOptions cuda = cuda(engine, member, device);
                OrtSession.SessionOptions own = new OrtSession.SessionOptions()) {
            // Products' factors are rounded to 10 bits otherwise: scores differ from the CPU's in the fourth digit.
            cuda.add("use_tf32", "0");
            // The default takes 20 ms for each new size of batches, this 3, and the plans that it finds were no slower.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            own.addCUDA(cuda);
            // Patterns are learned from calls one after the other, and several threads call here.
            own.setMemoryPatternOptimization(false);
            Map<String, Object> options = new HashMap<>(options(threads));
            options.put("sessionOptions", own);
            return load(engine.newModel(member.name(), ai.djl.Device.cpu()), member, file, device, options);
        } catch (OrtException e) {
            throw Failures.notOn(device, member, e);
        }
    }

    private static OrtCUDAProviderOptions cuda(Engine engine, MemberSpec member, Device device) {
        try {
            return new OrtCUDAProviderOptions(device.gpu());
        } catch (OrtException e) {
            throw Failures.noCuda(member, engine.getEngineName(), device, e);
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
