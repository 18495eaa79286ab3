package io.tributary.members;

import ai.onnxruntime.OrtSession;
import io.tributary.core.member.Device;
import io.tributary.core.member.Member;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;

/** Opens ONNX models ({@code onnx}), which ONNX Runtime runs with as many threads as the spec says, one unless it says so. */
public final class OnnxMemberFactory extends ModelMemberFactory<OrtSession> {

    private static final ModelPool<OrtSession> POOL = new ModelPool<>(ThreadBudget.PROCESS, OnnxLoading::close);

    /** For the service loader. */
    public OnnxMemberFactory() {
        super("onnx", POOL);
    }

    @Override
    OrtSession load(MemberSpec member, Path file, Device device, int threads) {
        return OnnxLoading.load(member, file, device, threads);
    }

    @Override
    Member member(ModelPool<OrtSession>.Lease lease, ColumnPlan plan, BatchShapes shapes, ModelInput input) {
        return new OnnxMember(lease, plan, shapes, input);
    }
}
