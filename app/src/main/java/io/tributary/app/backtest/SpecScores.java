package io.tributary.app.backtest;

import io.tributary.app.UserError;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.report.Journal;
import io.tributary.core.Event;
import io.tributary.core.backtest.Recording;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.member.MissingReason;
import io.tributary.core.member.RowIsolation;
import io.tributary.core.member.WrongShapeException;
import io.tributary.core.prepare.Histories;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.MemberSpec;
import io.tributary.schemas.EventMapper;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.UndecodableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Lets a spec's members score recorded events, as the scoring plane would: the same decoding and preparation, the same
 * models, the same reasons for a score to be missing.
 */
public final class SpecScores {

    private final EnsembleSpec spec;
    private final List<Event> events = new ArrayList<>();
    private final double[] labels;
    private final double[][] scores;
    private final long[] missing;
    private final @Nullable String[] firstMissing;

    private SpecScores(EnsembleSpec spec, List<PlayedEvent> played, Schema schema) {
        this.spec = spec;
        this.labels = played.stream().mapToDouble(PlayedEvent::label).toArray();
        this.scores = new double[played.size()][spec.members().size() * spec.scoreWidth()];
        this.missing = new long[spec.members().size()];
        this.firstMissing = new String[spec.members().size()];
        RecordReader reader = RecordReader.of(schema);
        try (EventMapper mapper = new EventMapper(spec)) {
            Histories histories = new Histories(spec.features());
            for (PlayedEvent each : played) {
                Event event = event(mapper, reader, each);
                histories.enter(event);
                events.add(event);
            }
        }
    }

    private static Event event(EventMapper mapper, RecordReader reader, PlayedEvent played) {
        try {
            return mapper.map(reader.read(played.record()), null);
        } catch (UndecodableException e) {
            throw new UserError("event " + played.id() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The same without a word. */
    public static Recorded of(EnsembleSpec spec, List<PlayedEvent> played, Schema schema, Duration labelDelay) {
        return of(spec, played, schema, labelDelay, Journal.SILENT);
    }

    /**
     * Scores all events.
     *
     * @param played in the order of their times
     * @param schema of their records
     * @param labelDelay how much later than its event a label is known
     * @param journal told how the scores come along
     */
    public static Recorded of(
            EnsembleSpec spec, List<PlayedEvent> played, Schema schema, Duration labelDelay, Journal journal) {
        SpecScores scoring = new SpecScores(spec, played, schema);
        long all = (long) played.size() * spec.members().size();
        try (Journal.Gauge gauge = journal.begin("scores", all)) {
            scoring.score(gauge);
        }
        return scoring.recorded(labelDelay.toMillis());
    }

    private void score(Journal.Gauge gauge) {
        AtomicLong done = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, Math.min(spec.members().size(), Runtime.getRuntime().availableProcessors())));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int k = 0; k < spec.members().size(); k++) {
                int member = k;
                running.add(threads.submit(() -> score(member, count -> gauge.at(done.addAndGet(count)))));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            throw new IllegalStateException("the members could not score", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while the members scored", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void score(int k, IntConsumer scored) {
        MemberSpec memberSpec = spec.members().get(k);
        int size = spec.batch().size();
        FeatureBatch batch = new FeatureBatch(size, spec.features().width());
        int width = spec.scoreWidth();
        double[] answers = new double[size * width];
        boolean[] failed = new boolean[size];
        RowIsolation isolation = new RowIsolation(spec.memberSetup());
        try (Member member = MemberLoader.discover().open(memberSpec, spec.memberSetup())) {
            for (int from = 0; from < events.size(); from += size) {
                int to = Math.min(events.size(), from + size);
                batch.clear();
                for (int t = from; t < to; t++) {
                    batch.add(events.get(t).features());
                }
                String failure = score(isolation, member, batch, answers, failed);
                for (int t = from; t < to; t++) {
                    int at = (t - from) * width;
                    MissingReason reason = MissingReason.of(spec.task(), answers, at, width);
                    if (reason == null) {
                        System.arraycopy(answers, at, scores[t], k * width, width);
                    } else {
                        Arrays.fill(scores[t], k * width, (k + 1) * width, Double.NaN);
                    }
                    missing[k] += reason == null ? 0 : 1;
                    if (reason != null && firstMissing[k] == null) {
                        firstMissing[k] = failure != null && failed[t - from] ? failure : reason.label();
                    }
                }
                scored.accept(to - from);
            }
        }
    }

    /**
     * A row on which a model fails has no score, as in the scoring plane.
     *
     * @return how it failed; null if it did not
     */
    private static @Nullable String score(
            RowIsolation isolation, Member member, FeatureBatch batch, double[] answers, boolean[] failed) {
        try {
            Throwable failure = isolation.score(member, batch, answers, failed, () -> true);
            return failure == null ? null : MissingReason.ofFailure(failure).label() + ": " + failure.getMessage();
        } catch (WrongShapeException e) {
            Arrays.fill(answers, Double.NaN);
            Arrays.fill(failed, true);
            return MissingReason.ofFailure(e).label() + ": " + e.getMessage();
        }
    }

    private Recorded recorded(long delayMillis) {
        double[] times = events.stream().mapToDouble(Event::timeMillis).toArray();
        double[] known = Arrays.stream(times).map(time -> time + delayMillis).toArray();
        @Nullable String[] segments = events.stream().map(Event::segment).toArray(String[]::new);
        List<String> notes = new ArrayList<>();
        IntStream.range(0, missing.length)
                .filter(k -> missing[k] > 0)
                .forEach(k -> notes.add(spec.members().get(k).name() + " has no score for " + missing[k] + " of "
                        + events.size() + " events, the first: " + firstMissing[k]));
        Recording recording = Recording.timed(spec.memberNames(), scores, labels, times, known);
        return new Recorded(
                recording.withSegments(segments),
                events.stream().mapToLong(Event::timeMillis).toArray(),
                List.of(),
                new double[0][],
                notes);
    }
}
