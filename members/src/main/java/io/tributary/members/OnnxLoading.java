package io.tributary.members;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.tributary.core.member.Device;
import io.tributary.core.member.MemberException;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;

/** Loads models with ONNX Runtime. */
final class OnnxLoading {

    private static final String ENGINE = "OnnxRuntime";

    private OnnxLoading() {}

    /**
     * Loads a model.
     *
     * @throws MemberException if the engine does not start or cannot use the device, or the file is no model of it
     */
    static OrtSession load(MemberSpec member, Path file, Device device, int threads) {
        OrtEnvironment environment = start(member);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            if (device.isGpu()) {
                useCuda(options, member, device);
            }
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw device.isGpu() ? Failures.notOn(device, member, e) : Failures.unreadable(member, e);
        }
    }

    private static void useCuda(OrtSession.SessionOptions options, MemberSpec member, Device device)
            throws OrtException {
        try (OrtCUDAProviderOptions cuda = cuda(member, device)) {
            // Products' factors are rounded to 10 bits otherwise: scores differ from the CPU's in the fourth digit.
            cuda.add("use_tf32", "0");
            // The default takes 20 ms for each new size of batches, this 3, and the plans that it finds were no slower.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            options.addCUDA(cuda);
            // Patterns are learned from calls one after the other, and several threads call here.
            options.setMemoryPatternOptimization(false);
        }
    }

    private static OrtCUDAProviderOptions cuda(MemberSpec member, Device device) {
        try {
            return new OrtCUDAProviderOptions(device.gpu());
        } catch (OrtException e) {
            throw Failures.noCuda(member, ENGINE, device, e);
        }
    }

    private static OrtEnvironment start(MemberSpec member) {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (RuntimeException | LinkageError e) {
            throw Failures.noEngine(member, ENGINE, e);
        }
    }

    /** Frees a model. */
    static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not free a model", e);
        }
    }
}
