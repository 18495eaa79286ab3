package io.tributary.members;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Opens ONNX models ({@code onnx}, on ONNX Runtime) and TorchScript models ({@code torchscript}, on PyTorch), both
 * through DJL, on the CPU, with one thread a model. Nothing is downloaded.
 *
 * <p>A model takes one input of shape {@code [rows, columns]}, 32-bit floats, NaN where a feature is missing; it must
 * cope with those itself, since what it answers for such a row is its score. Where the spec says so the input is of
 * 64-bit integers, and a row with a value that is none has no score; or {@code [rows, …]} with the dimensions that it
 * states. A model that reads several arrays must make them of one. The answer is 32- or 64-bit floats:
 *
 * <ul>
 *   <li>{@code [rows]} or {@code [rows, 1]}: a score a row. For a single row, an answer without dimensions is one too.
 *   <li>{@code [rows, 2]}, when the two values of each row add up to 1: the probabilities of class 0 and class 1, of
 *       which the second is the score. Integers beside them are class labels and left out, as classifiers exported
 *       from scikit-learn give them; text labels do not say which class is the positive one and are refused.
 *   <li>{@code [rows, classes]} where the ensemble has several: a probability for each, in the order of the spec.
 *       Classifiers exported from scikit-learn have them in the order of {@code classes_}, which is sorted. Labels beside
 *       them are left out, texts too.
 * </ul>
 *
 * <p>Any other answer is a {@link io.tributary.core.member.WrongShapeException}.
 */
public final class DjlMemberFactory implements MemberFactory {

    private static final Map<String, String> ENGINES = Map.of("onnx", "OnnxRuntime", "torchscript", "PyTorch");

    /** What each engine is told when it loads a model; it passes over the other's. */
    private static final Map<String, String> OPTIONS = Map.of(
            "intraOpNumThreads", "1",
            "interOpNumThreads", "1",
            // A model saved on a GPU loads on the CPU.
            "mapLocation", "true");

    @Override
    public List<String> kinds() {
        return List.of("onnx", "torchscript");
    }

    @Override
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        return List.of();
    }

    @Override
    public Member open(MemberSpec member, MemberSetup setup) {
        Path file = Failures.file(member);
        ColumnPlan plan = ColumnPlan.of(member, setup);
        Model model = start(member).newModel(member.name(), Device.cpu());
        try {
            model.load(file, null, OPTIONS);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw Failures.unreadable(member, e);
        }
        return WarmUp.run(new DjlMember(model, plan, new ModelInput(plan, member.input())), member, plan);
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
