package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.member.Device;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberSetup;
import org.junit.jupiter.api.Test;

/** What holds for every model that may run on a GPU, beside what holds for every member. */
abstract class ModelMemberContract extends MemberContract {

    @Test
    void open_onAGpuWithoutCuda_saysWhatToPutWhere() {
        assertThatThrownBy(() -> factory()
                        .open(
                                Samples.spec(kind(), model(), COLUMNS),
                                new MemberSetup(COLUMNS, 20, 1).on(new Device(0))))
                .isInstanceOf(MemberException.class)
                .hasMessageContainingAll("member tested is to run on GPU 0", "cannot use CUDA", "deploy/README.md");
        assertThat(factory().inUse().models()).isZero();
    }
}
