package io.tributary.test;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.member.ModelsInUse;
import io.tributary.core.spec.MemberSpec;
import io.tributary.members.XgboostMemberFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before what opens XGBoost's models in this process, so that a test can make one of them answer no more. */
public final class KillableMembers implements MemberFactory {

    private static final Set<String> KILLED = ConcurrentHashMap.newKeySet();

    private final MemberFactory real = new XgboostMemberFactory();

    /** From now on the member of an ensemble fails on every event. */
    static void kill(String ensemble, String member) {
        KILLED.add(ensemble + "/" + member);
    }

    /** It answers again. */
    static void revive(String ensemble, String member) {
        KILLED.remove(ensemble + "/" + member);
    }

    @Override
    public List<String> kinds() {
        return real.kinds();
    }

    @Override
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        return real.check(member, columns);
    }

    @Override
    public ModelsInUse inUse() {
        return real.inUse();
    }

    @Override
    public Member open(MemberSpec spec, MemberSetup setup) {
        Member member = real.open(spec, setup);
        String name = setup.ensemble() + "/" + spec.name();
        return new Member() {
            @Override
            public void score(FeatureBatch batch, double[] scores) throws Exception {
                if (KILLED.contains(name)) {
                    throw new MemberException(name + " is dead");
                }
                member.score(batch, scores);
            }

            @Override
            public void close() {
                member.close();
            }
        };
    }
}
