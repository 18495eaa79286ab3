package io.tributary.members;

import io.tributary.core.member.Device;
import io.tributary.core.member.MemberException;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words for what goes wrong when a model is opened. Native libraries explain at length; one sentence of it is kept. */
final class Failures {

    private static final int LONGEST_REASON = 300;

    /**
     * What says nothing to who has the model: XGBoost's clock, source line and stack trace; ONNX Runtime's error code,
     * the file again, its source line and function, and its advice.
     */
    private static final Pattern NATIVE_NOISE = Pattern.compile(
            "(?s)^\\[\\d\\d:\\d\\d:\\d\\d] \\S+:\\d+: |Stack trace:.*"
                    + "|^Error code - \\w+ - message: |Load model from .* failed: ?|/\\S+:\\d+ .*\\) (?=[A-Z\\[])|\\[ONNXRuntimeError\\] : \\d+ : \\w+ : |Please fix either .*|~+\\^");

    /** The last line of a TorchScript traceback, which says what was wrong. */
    private static final Pattern PYTHON_ERROR = Pattern.compile("(?m)^(?:[\\w.]*(?:Error|Exception)): (.+)$");

    private Failures() {}

    /** The model's file. */
    static Path file(MemberSpec member) {
        Path file = member.model();
        if (file == null) {
            throw new MemberException("member " + member.name() + " is of kind " + member.kind()
                    + " and names no model file; give its path");
        }
        return file.toAbsolutePath();
    }

    /** The library that runs the model cannot be loaded. */
    static MemberException noEngine(MemberSpec member, String engine, Throwable cause) {
        return new MemberException(
                "member " + member.name() + " needs " + engine + ", which does not start here: " + reason(cause)
                        + "; it runs on Linux, x86-64, and needs a folder that it may write its libraries to",
                cause);
    }

    /** The library that runs the model was built without CUDA, or does not find it; the cause is null where it says nothing. */
    static MemberException noCuda(MemberSpec member, String engine, Device device, @Nullable Throwable cause) {
        return new MemberException(
                "member " + member.name() + " is to run on " + device + ", and the " + engine
                        + " on the class path cannot use CUDA here" + (cause == null ? "" : ": " + reason(cause))
                        + "; put the jars into Flink's lib/ that deploy/README.md names under GPUs, with the CUDA libraries"
                        + " that they need, or take the member out of the slot group with a gpu",
                cause);
    }

    /** The library can use CUDA and cannot load the model there. */
    static MemberException notOn(Device device, MemberSpec member, Throwable cause) {
        return new MemberException(
                "member " + member.name() + ": " + member.model() + " cannot be loaded on " + device + " as "
                        + member.kind() + ": " + reason(cause)
                        + "; check the driver and the CUDA libraries that deploy/README.md names under GPUs",
                cause);
    }

    /** The file is no model that the library understands. */
    static MemberException unreadable(MemberSpec member, Throwable cause) {
        return new MemberException(
                "member " + member.name() + ": " + member.model() + " cannot be read as " + member.kind() + ": "
                        + reason(cause) + "; restore the file or export the model again",
                cause);
    }

    /** The model does not take the columns that it is given. */
    static MemberException refused(MemberSpec member, int rows, Throwable cause) {
        return new MemberException(
                refusal(member) + ", in a batch of " + rows + ": " + reason(cause) + "; " + remedy(), cause);
    }

    /** The model was trained on another number of columns than it is given. */
    static MemberException wrongWidth(MemberSpec member, long expected) {
        return new MemberException(refusal(member) + ": it was trained on " + expected + "; " + remedy());
    }

    private static String refusal(MemberSpec member) {
        return "member " + member.name() + ": " + member.model() + " refuses rows of "
                + member.columns().size() + " columns (" + String.join(", ", member.columns()) + ")";
    }

    private static String remedy() {
        return "list under the member's features the columns that it was trained on, in that order, and under input the type"
                + " and shape that it reads";
    }

    /** What the innermost cause says, on one line. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        if (message == null || message.isBlank()) {
            return innermost.getClass().getSimpleName();
        }
        String text = NATIVE_NOISE.matcher(message).replaceAll("");
        Matcher python = PYTHON_ERROR.matcher(text);
        while (python.find()) {
            text = python.group(1);
            python = PYTHON_ERROR.matcher(text);
        }
        text = text.strip().replaceAll("\\s+", " ").replaceAll("[\\s.:;]+$", "");
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}
