package io.tributary.core.member;

/** A member that gives back its place on a GPU when it is closed. */
final class PlacedMember implements Member {

    private final Member member;
    private final Runnable giveBack;
    private boolean closed;

    PlacedMember(Member member, Runnable giveBack) {
        this.member = member;
        this.giveBack = giveBack;
    }

    @Override
    public void score(FeatureBatch batch, double[] scores) throws Exception {
        member.score(batch, scores);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                member.close();
            } finally {
                giveBack.run();
            }
        }
    }
}
