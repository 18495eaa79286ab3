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
import org.apache.flink.streaming.api.operators.Input;
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

    private ScoringHarness(
            EnsembleSpec spec, MemberSource source, ScoringOperator.Intake intake, int parallelism, int subtask)
            throws Exception {
        super(
                new MemberOperatorFactory.Scoring(
                        new Outside(ShippedSpec.of(spec), source, of -> control.open()), intake),
                MAX_PARALLELISM,
                parallelism,
                subtask);
    }

    /** One that takes records as they were read. */
    static ScoringHarness ofRecords(EnsembleSpec spec, FakeMemberFactory factory) throws Exception {
        members = factory;
        control = new FakeControlLog();
        ScoringHarness harness = new ScoringHarness(spec, ScoringHarness::loader, ScoringOperator.Intake.RECORDS, 1, 0);
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
        ScoringHarness harness = new ScoringHarness(spec, source, ScoringOperator.Intake.EVENTS, parallelism, subtask);
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
        input(ScoringOperator.EVENTS, event);
    }

    /** Only for one that decodes. */
    void record(RawRecord record) throws Exception {
        input(ScoringOperator.EVENTS, record);
    }

    void weights(Weights weights) throws Exception {
        input(ScoringOperator.WEIGHTS, weights);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // As Flink has it.
    private void input(int input, Object value) throws Exception {
        ((Input) ((ScoringOperator) operator).getInputs().get(input - 1)).processElement(new StreamRecord<>(value));
    }

    long lateAnswers(String member) {
        return ((ScoringOperator) operator).scorers().members().lateAnswers(member.charAt(0) - 'a');
    }

    boolean isIdle(String member) {
        return ((ScoringOperator) operator).scorers().members().isIdle(member.charAt(0) - 'a');
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
        return ((ScoringOperator) operator).versionFor(Samples.event(0)) == committed.version();
    }

    void endOfEvents() throws Exception {
        ((ScoringOperator) operator).endInput(ScoringOperator.EVENTS);
        ((ScoringOperator) operator).finish();
    }

    /** Runs what members' threads have posted until so many predictions are out. */
    List<Prediction> await(int predictions) throws Exception {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (getOutput().size() < predictions) {
            Optional<Mail> mail = getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
            if (mail.isPresent()) {
                mail.get().run();
            } else {
                assertThat(System.nanoTime())
                        .as(getOutput().size() + " predictions after 30 s, awaited " + predictions)
                        .isLessThan(deadline);
                LockSupport.parkNanos(50_000);
            }
        }
        return predictions();
    }

    List<Prediction> predictions() {
        return Emitted.read(getRecordOutput());
    }
}
