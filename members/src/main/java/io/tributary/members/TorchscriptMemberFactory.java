package io.tributary.members;

import ai.djl.Model;
import io.tributary.core.member.Device;
import io.tributary.core.member.Member;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;

/** Opens TorchScript models ({@code torchscript}), which PyTorch runs through DJL. */
public final class TorchscriptMemberFactory extends ModelMemberFactory<Model> {

    private static final ModelPool<Model> POOL = new ModelPool<>(ThreadBudget.PROCESS, Model::close);

    /** For the service loader. */
    public TorchscriptMemberFactory() {
        super("torchscript", POOL);
    }

    @Override
    Model load(MemberSpec member, Path file, Device device, int threads) {
        return TorchscriptLoading.load(member, file, device);
    }

    @Override
    Member member(ModelPool<Model>.Lease lease, ColumnPlan plan, BatchShapes shapes, ModelInput input) {
        return new TorchscriptMember(lease, plan, shapes, input);
    }
}
