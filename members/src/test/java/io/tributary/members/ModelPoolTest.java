package io.tributary.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.member.Device;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.ModelsInUse;
import io.tributary.members.ModelPool.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelPoolTest {

    private final List<String> closed = new ArrayList<>();
    private final ThreadBudget budget = new ThreadBudget(4);
    private final ModelPool<String> pool = new ModelPool<>(budget, closed::add);
    private final AtomicInteger loads = new AtomicInteger();

    private static Key key(String checksum, int threads) {
        return new Key("onnx", Path.of("models"), checksum, Device.CPU, threads);
    }

    private ModelPool<String>.Lease take(Key key) {
        return take(key, key.checksum());
    }

    private ModelPool<String>.Lease take(Key key, String member) {
        return pool.take(key, member, threads -> key.checksum() + "#" + loads.incrementAndGet() + "x" + threads);
    }

    @Test
    void take_sameKeyTwice_sharesTheModelUntilTheLastLeaseCloses() {
        ModelPool<String>.Lease first = take(key("a", 2));
        ModelPool<String>.Lease second = take(key("a", 2));
        assertThat(second.model()).isSameAs(first.model()).isEqualTo("a#1x2");
        assertThat(pool.inUse()).isEqualTo(new ModelsInUse(1, 2, 2));
        assertThat(budget.granted()).isEqualTo(2);

        first.close();
        first.close();
        assertThat(closed).as("the second lease holds it").isEmpty();

        second.close();
        assertThat(closed).containsExactly("a#1x2");
        assertThat(pool.inUse()).isEqualTo(ModelsInUse.NONE);
        assertThat(budget.granted()).isZero();
        assertThat(take(key("a", 2)).model()).isEqualTo("a#2x2");
    }

    @Test
    void take_anythingElseAboutTheModel_loadsAnother() {
        Key key = key("a", 1);
        List<Key> others = List.of(
                key("b", 1),
                key("a", 2),
                new Key("xgboost", key.folder(), "a", Device.CPU, 1),
                new Key("onnx", Path.of("elsewhere"), "a", Device.CPU, 1),
                new Key("onnx", key.folder(), "a", new Device(0), 1),
                new Key("onnx", key.folder(), "a", new Device(1), 1));
        take(key);
        others.forEach(this::take);
        assertThat(loads).hasValue(7);
        assertThat(pool.inUse()).isEqualTo(new ModelsInUse(7, 7, 8));
    }

    @Test
    void take_fromManyThreadsAtOnce_loadsOnceAndClosesOnce() throws Exception {
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        Callable<ModelPool<String>.Lease> task = () -> {
            together.await();
            return take(key("a", 1));
        };
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 1; round <= 50; round++) {
                List<Callable<ModelPool<String>.Lease>> tasks = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    tasks.add(task);
                }
                for (Future<ModelPool<String>.Lease> lease : executor.invokeAll(tasks)) {
                    assertThat(lease.get().model()).isEqualTo("a#" + round + "x1");
                    lease.get().close();
                }
                assertThat(closed).hasSize(round);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void take_loadingFails_leavesNothingBehindAndTriesAnew() {
        assertThatThrownBy(() -> pool.take(key("a", 3), "m", threads -> {
                    throw new MemberException("no model");
                }))
                .hasMessage("no model");
        assertThat(pool.inUse()).isEqualTo(ModelsInUse.NONE);
        assertThat(budget.granted()).isZero();
        assertThat(take(key("a", 3)).model()).isEqualTo("a#1x3");
        assertThat(closed).isEmpty();
    }

    @Test
    void take_moreThreadsThanThereAre_getsWhatIsLeftAndAtLeastOne() {
        assertThat(take(key("a", 3)).model()).endsWith("x3");
        ModelPool<String>.Lease second = take(key("b", 3));
        assertThat(second.model()).endsWith("x1");
        ModelPool<String>.Lease third = take(key("c", 3));
        assertThat(third.model()).endsWith("x1");
        assertThat(budget.granted()).isEqualTo(5);

        second.close();
        third.close();
        assertThat(take(key("d", 1)).model()).endsWith("x1");
        assertThat(budget.granted()).isEqualTo(4);
    }

    @Test
    void take_successorOfTheSameMember_getsItsThreads() {
        ModelPool<String>.Lease former = take(key("a", 3), "fraud/m");
        ModelPool<String>.Lease next = take(key("b", 4), "fraud/m");
        assertThat(next.model()).as("loaded beside the former").endsWith("x4");
        assertThat(budget.granted()).isEqualTo(4);

        former.close();
        assertThat(budget.granted()).isEqualTo(4);
        assertThat(take(key("c", 2), "traffic/m").model())
                .as("another ensemble's member")
                .endsWith("x1");
        next.close();
        assertThat(budget.granted()).isEqualTo(1);
    }

    @Test
    void take_sameMemberOnAnotherDevice_hasThreadsOfItsOwn() {
        take(key("a", 3), "m");
        assertThat(take(new Key("onnx", Path.of("models"), "a", new Device(0), 3), "m")
                        .model())
                .endsWith("x1");
    }

    @Test
    void first_callsFail_closesTheLease() {
        ModelPool<String>.Lease lease = take(key("a", 2));
        assertThatThrownBy(() -> lease.first(() -> {
                    throw new LinkageError("no such symbol");
                }))
                .isInstanceOf(LinkageError.class);
        assertThat(pool.inUse()).isEqualTo(ModelsInUse.NONE);
        assertThat(closed).containsExactly("a#1x2");
        lease.close();
        assertThat(closed).hasSize(1);
    }

    @Test
    void close_modelDoesNotClose_givesItsThreadsBack() {
        ModelPool<String> stubborn = new ModelPool<>(budget, model -> {
            throw new IllegalStateException("still in use");
        });
        ModelPool<String>.Lease lease = stubborn.take(key("a", 2), "m", threads -> "model");
        assertThatThrownBy(lease::close).hasMessage("still in use");
        assertThat(budget.granted()).isZero();
    }
}
