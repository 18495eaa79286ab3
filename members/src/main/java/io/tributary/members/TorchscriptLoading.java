package io.tributary.members;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import io.tributary.core.member.Device;
import io.tributary.core.member.MemberException;
import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Loads TorchScript models with DJL. */
final class TorchscriptLoading {

    private static final String ENGINE = "PyTorch";

    private TorchscriptLoading() {}

    /**
     * Loads a model.
     *
     * @throws MemberException if the engine does not start or cannot use the device, or the file is no model of it
     */
    static Model load(MemberSpec member, Path file, Device device) {
        Engine engine = start(member);
        if (device.isGpu() && !engine.hasCapability(StandardCapabilities.CUDA)) {
            throw Failures.noCuda(member, ENGINE, device, null);
        }
        Model model =
                engine.newModel(member.name(), device.isGpu() ? ai.djl.Device.gpu(device.gpu()) : ai.djl.Device.cpu());
        try {
            // A model saved on a GPU loads on the CPU.
            model.load(file, null, Map.of("mapLocation", "true"));
            return model;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw device.isGpu() ? Failures.notOn(device, member, e) : Failures.unreadable(member, e);
        } catch (Error e) {
            model.close();
            throw e;
        }
    }

    private static Engine start(MemberSpec member) {
        DjlSettings.apply();
        try {
            return Engine.getEngine(ENGINE);
        } catch (RuntimeException | LinkageError e) {
            throw Failures.noEngine(member, ENGINE, e);
        }
    }
}
