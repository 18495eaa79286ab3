package io.tributary.benchmarks.latency;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.MemberSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Opens members that sleep on every hundredth batch, in place of members with rules, in a JVM that is told so. In others it
 * opens nothing.
 */
public final class SleepingMemberFactory implements MemberFactory {

    /** The system property that says for how many milliseconds. */
    static final String PROPERTY = "tributary.benchmarks.sleep";

    private static final int EVERY = 100;
    private static final double SCORE = 0.5;

    @Override
    public List<String> kinds() {
        return System.getProperty(PROPERTY) == null ? List.of() : List.of("rules");
    }

    @Override
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        return List.of();
    }

    @Override
    public Member open(MemberSpec member, MemberSetup setup) {
        return new Sleeper(Long.getLong(PROPERTY, 0));
    }

    private static final class Sleeper implements Member {
        private final long millis;
        private int batches;

        Sleeper(long millis) {
            this.millis = millis;
        }

        @Override
        public void score(FeatureBatch batch, double[] scores) throws InterruptedException {
            Arrays.fill(scores, 0, batch.rows(), SCORE);
            if (++batches % EVERY == 0) {
                Thread.sleep(millis);
            }
        }

        @Override
        public void close() {}
    }
}
