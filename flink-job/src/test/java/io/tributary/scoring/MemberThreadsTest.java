package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberThreadsTest {

    private static final int LIMIT_SECONDS = 30;

    /** Its call returns when it is let go, whoever interrupts it. */
    private static final class Stubborn implements Member {
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicBoolean inCall = new AtomicBoolean();
        private volatile boolean closedUnderACall;

        @Override
        public void score(FeatureBatch batch, double[] scores) {
            inCall.set(true);
            called.countDown();
            boolean waiting = true;
            while (waiting) {
                try {
                    waiting = !letGo.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    // As native code does not notice either.
                    waiting = true;
                }
            }
            inCall.set(false);
        }

        @Override
        public void close() {
            closedUnderACall |= inCall.get();
            closed.countDown();
        }
    }

    private final Stubborn hanging = new Stubborn();
    private final Stubborn idle = new Stubborn();

    private MemberThreads open(EnsembleSpec spec) {
        MemberFactory factory = new MemberFactory() {
            @Override
            public List<String> kinds() {
                return List.of("rules");
            }

            @Override
            public List<MemberProblem> check(MemberSpec member, List<String> columns) {
                return List.of();
            }

            @Override
            public Member open(MemberSpec member, MemberSetup setup) {
                return member.name().equals("a") ? hanging : idle;
            }
        };
        return MemberThreads.open(spec, new MemberLoader(List.of(factory)));
    }

    @Test
    void close_underACallThatHangs_closesTheMemberWhenItReturns(@TempDir Path folder) throws Exception {
        EnsembleSpec spec = Samples.spec(folder);
        MemberThreads threads = open(spec);
        ScoreBatch batch = new ScoreBatch(spec);
        batch.add(Samples.event(1), ScoreBatch.NEVER);
        MemberHealth.Role[] roles = {MemberHealth.Role.MEMBER, MemberHealth.Role.ASIDE};
        batch.dispatched(roles, 0);
        threads.dispatch(batch, roles, (answered, answer) -> {}, failure -> {});
        assertThat(hanging.called.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

        threads.close();
        assertThat(idle.closed.getCount())
                .as("the idle member is closed at once")
                .isZero();
        assertThat(hanging.closed.getCount()).as("the hanging one is not").isOne();

        hanging.letGo.countDown();
        assertThat(hanging.closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging.closedUnderACall).isFalse();
    }

    @Test
    void oneThread_inACallThatHangs_isGivenCompany(@TempDir Path folder) throws Exception {
        EnsembleSpec spec = Samples.spec(folder);
        MemberThreads threads = open(spec);
        MemberHealth.Role[] roles = {MemberHealth.Role.MEMBER, MemberHealth.Role.MEMBER};
        ScoreBatch quick = new ScoreBatch(spec);
        quick.dispatched(roles, 0);
        quick.answered(0, null);
        quick.answered(1, null);
        for (int i = 0; i <= ThreadsNeeded.BATCHES; i++) {
            threads.left(quick);
        }
        ScoreBatch batch = new ScoreBatch(spec);
        batch.add(Samples.event(1), ScoreBatch.NEVER);
        batch.dispatched(roles, 1);
        threads.dispatch(batch, roles, (answered, answer) -> {}, failure -> {});
        assertThat(hanging.called.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        threads.widenIfStuck();
        assertThat(idle.called.getCount()).as("one thread has the work of both").isOne();

        threads.widenIfStuck();

        assertThat(idle.called.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        hanging.letGo.countDown();
        idle.letGo.countDown();
        threads.close();
        assertThat(idle.closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging.closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
