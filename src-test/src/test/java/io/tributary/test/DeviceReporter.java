package io.tributary.test;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.MemberSpec;
import java.util.Arrays;
import java.util.List;

/** Opens ONNX models as members that score nothing and say where they are: 0 on the CPU, 0.1 on GPU 0, 0.2 on GPU 1. */
public final class DeviceReporter implements MemberFactory {

    @Override
    public List<String> kinds() {
        return List.of("onnx");
    }

    @Override
    public boolean usesGpu(String kind) {
        return true;
    }

    @Override
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        return List.of();
    }

    @Override
    public Member open(MemberSpec member, MemberSetup setup) {
        return new Reporter((setup.device().gpu() + 1) / 10.0);
    }

    /** Says where it is. */
    public record Reporter(double score) implements Member {

        @Override
        public void score(FeatureBatch batch, double[] scores) {
            Arrays.fill(scores, 0, batch.rows(), score);
        }

        @Override
        public void close() {}
    }
}
