package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.EncodedPrediction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** Drives a scoring operator with members of the test's own: its inputs, its clock and its mailbox. */
final class ScoringHarness extends AbstractStreamOperatorTestHarness<EncodedPrediction> {

    static final int MAX_PARALLELISM = 16;

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** The factory is serialised on its way into the harness, so members cannot travel inside it. */
    private static volatile FakeMemberFactory members = new FakeMemberFactory("rules");

    private static volatile FakeControlLog control = new FakeControlLog();

    private static volatile FakeRecordLog published = new FakeRecordLog();

    private ScoringHarness(MemberOperatorFactory.Scoring<?> factory, int parallelism, int subtask) throws Exception {
        super(factory, MAX_PARALLELISM, parallelism, subtask);
    }

    private static Outside outside(EnsembleSpec spec, MemberSource source) {
        return new Outside(ShippedSpec.of(spec), source, of -> control.open(), (of, reader) -> published.open());
    }

    /** One that takes records as they were read. */
    static ScoringHarness ofRecords(EnsembleSpec spec, FakeMemberFactory factory) throws Exception {
        members = factory;
        control = new FakeControlLog();
        published = new FakeRecordLog();
        ScoringHarness harness = new ScoringHarness(
                MemberOperatorFactory.Scoring.ofRecords(outside(spec, ScoringHarness::loader)), 1, 0);
        harness.setup();
        return harness;
    }

    private static MemberLoader loader() {
        return new MemberLoader(List.of(members));
    }

    static ScoringHarness of(EnsembleSpec spec, FakeMemberFactory factory) throws Exception {
        return of(spec, factory, new FakeControlLog());
    }

    static ScoringHarness of(EnsembleSpec spec, FakeMemberFactory factory, FakeControlLog log) throws Exception {
        members = factory;
        control = log;
        return of(spec, ScoringHarness::loader, 1, 0);
    }

    /** One that reads weights from the given log. */
    static ScoringHarness of(EnsembleSpec spec, FakeMemberFactory factory, FakeRecordLog weights, int subtask)
            throws Exception {
        members = factory;
        control = new FakeControlLog();
        return of(spec, ScoringHarness::loader, weights, 2, subtask);
    }

    /** One subtask of several. */
    static ScoringHarness of(EnsembleSpec spec, FakeMemberFactory factory, int parallelism, int subtask)
            throws Exception {
        members = factory;
        control = new FakeControlLog();
        return of(spec, ScoringHarness::loader, parallelism, subtask);
    }

    /** With GPUs for those slot groups that are to run on one. */
    static ScoringHarness of(EnsembleSpec spec, FakeMemberFactory factory, Set<Integer> gpus) throws Exception {
        members = factory;
        control = new FakeControlLog();
        return of(spec, new FakeGpus(gpus), 1, 0);
    }

    private static ScoringHarness of(EnsembleSpec spec, MemberSource source, int parallelism, int subtask)
            throws Exception {
        return of(spec, source, new FakeRecordLog(), parallelism, subtask);
    }

    private static ScoringHarness of(
            EnsembleSpec spec, MemberSource source, FakeRecordLog weights, int parallelism, int subtask)
            throws Exception {
        published = weights;
        ScoringHarness harness =
                new ScoringHarness(MemberOperatorFactory.Scoring.ofEvents(outside(spec, source)), parallelism, subtask);
        harness.setup();
        return harness;
    }

    private record FakeGpus(Set<Integer> indices) implements MemberSource {

        @Override
        public MemberLoader loader() {
            return ScoringHarness.loader();
        }

        @Override
        public Set<Integer> gpus(RuntimeContext context) {
            return indices;
        }
    }

    void event(Event event) throws Exception {
        ((ScoringOperator.OfEvents) operator).processElement(new StreamRecord<>(event));
    }

    /** Only for one that decodes. */
    void record(RawRecord record) throws Exception {
        ((ScoringOperator.OfRecords) operator).processElement(new StreamRecord<>(record));
    }

    /** As if the feed had read them. */
    void weights(Weights weights) throws Exception {
        scoring().use(List.of(weights));
    }

    private ScoringOperator<?> scoring() {
        return (ScoringOperator<?>) operator;
    }

    long lateAnswers(String member) {
        return scoring().scorers().members().lateAnswers(member.charAt(0) - 'a');
    }

    boolean isIdle(String member) {
        return scoring().scorers().members().isIdle(member.charAt(0) - 'a');
    }

    void awaitIdle(String member) {
        await(() -> isIdle(member), "member " + member + " idle");
    }

    static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " within 30 s").isLessThan(deadline);
            LockSupport.parkNanos(50_000);
        }
    }

    /** Whether it takes the next event by the given version. */
    boolean hasHeardOf(EnsembleSpec committed) {
        return scoring().versionFor(Samples.event(0)) == committed.version();
    }

    void endOfEvents() throws Exception {
        scoring().endInput();
        scoring().finish();
    }

    /** Runs what members' threads have posted until so many predictions are out. */
    List<Prediction> await(int predictions) throws Exception {
        runMailsUntil(() -> getOutput().size() >= predictions, predictions + " predictions");
        return predictions();
    }

    /** Runs what other threads have posted until something is so. */
    void runMailsUntil(BooleanSupplier condition, String what) throws Exception {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            Optional<Mail> mail = getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
            if (mail.isPresent()) {
                mail.get().run();
            } else {
                assertThat(System.nanoTime())
                        .as(what + " within 30 s, and not " + getOutput().size())
                        .isLessThan(deadline);
                LockSupport.parkNanos(50_000);
            }
        }
    }

    List<Prediction> predictions() {
        return Emitted.read(getRecordOutput());
    }
}
