package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.member.GpuPlacement.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuPlacementTest {

    private static final List<Integer> OFFERED = List.of(1, 0);

    private final GpuPlacement placement = new GpuPlacement();

    private int gpuOf(String model) {
        return placement.take(model, OFFERED).device().gpu();
    }

    @Test
    void take_severalModels_spreadsThem() {
        assertThat(gpuOf("a")).isZero();
        assertThat(gpuOf("b")).isOne();
        assertThat(gpuOf("c")).isZero();
        assertThat(gpuOf("d")).isOne();
    }

    @Test
    void take_sameModelAgain_staysWhereItIs() {
        assertThat(gpuOf("a")).isZero();
        assertThat(gpuOf("a")).isZero();
        assertThat(gpuOf("b")).isOne();
        assertThat(gpuOf("c")).as("one member there, two on GPU 0").isOne();
    }

    @Test
    void take_sameModelWhereItsGpuIsNotOffered_goesElsewhere() {
        assertThat(gpuOf("a")).isZero();
        assertThat(placement.take("a", List.of(7)).device()).isEqualTo(new Device(7));
    }

    @Test
    void giveBack_lastMemberOfAModel_forgetsIt() {
        Place first = placement.take("a", OFFERED);
        Place second = placement.take("a", OFFERED);
        assertThat(gpuOf("b")).isOne();

        placement.giveBack(first);
        assertThat(gpuOf("a")).isZero();
        placement.giveBack(second);
        placement.giveBack(second);

        assertThat(gpuOf("c")).isZero();
        assertThat(gpuOf("a")).as("one member on each GPU").isZero();
    }
}
