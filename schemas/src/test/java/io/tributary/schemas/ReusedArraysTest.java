package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReusedArraysTest {

    private final ReusedArrays arrays = new ReusedArrays();

    @Test
    void ofLength_hasThatLengthAndIsTheSameAgain() {
        byte[] three = arrays.ofLength(3);
        byte[] four = arrays.ofLength(4);

        assertThat(three).hasSize(3).isSameAs(arrays.ofLength(3));
        assertThat(four).hasSize(4).isSameAs(arrays.ofLength(4));
        assertThat(arrays.ofLength(0)).isEmpty();
    }

    @Test
    void ofLength_ofLongOnes_isNotKept() {
        assertThat(arrays.ofLength(1 << 20)).hasSize(1 << 20).isNotSameAs(arrays.ofLength(1 << 20));
    }

    /** Else an array of each length would stay. */
    @Test
    void ofLength_ofManyLengths_forgetsThoseBefore() {
        byte[] first = arrays.ofLength(1000);
        IntStream.range(1001, 2001).forEach(arrays::ofLength);

        assertThat(arrays.ofLength(1000)).isNotSameAs(first);
    }
}
