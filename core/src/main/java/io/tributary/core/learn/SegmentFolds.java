package io.tributary.core.learn;

import io.tributary.core.spec.LearningSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What was learned from each segment's labels alone, for as many segments as the spec keeps. The segment whose last label
 * is the oldest goes first, and is remembered as gone for a while, so that its published weights can be taken back.
 */
final class SegmentFolds {

    private static final int MOST_GONE = 10_000;

    private final LearningSpec.Segments settings;
    private final Supplier<Learning> learnings;
    private final LinkedHashMap<String, Segment> segments = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<String, Long> gone = new LinkedHashMap<>();
    private long lastGone;

    /** What is kept of one segment. */
    static final class Segment {
        final Learning learning;
        double evidence;
        long version;

        Segment(Learning learning) {
            this.learning = learning;
        }
    }

    SegmentFolds(LearningSpec.Segments settings, Supplier<Learning> learnings) {
        this.settings = settings;
        this.learnings = learnings;
    }

    void learn(String name, double[] scores, double label, double importance, long version) {
        if (settings.most() == 0) {
            return;
        }
        Segment segment = segments.get(name);
        if (segment == null) {
            segment = new Segment(learnings.get());
            segments.put(name, segment);
            if (segments.size() > settings.most()) {
                forgetOldest(version);
            }
        }
        segment.learning.learn(scores, NONE, label, importance, 0);
        segment.evidence += importance;
        segment.version = version;
    }

    private static final double[] NONE = {};

    /**
     * Learns that one of a segment's labels was another one, or none, where that can be had exactly: not if the segment
     * may have been forgotten since.
     */
    void revise(String name, double[] scores, Revision revision, long version) {
        Segment segment = segments.get(name);
        boolean mayHaveBeenForgotten = gone.containsKey(name) || gone.size() == MOST_GONE;
        if (segment == null || mayHaveBeenForgotten || !segment.learning.revise(scores, revision)) {
            return;
        }
        segment.evidence += revision.importanceAfter() - revision.importanceBefore();
        segment.version = version;
    }

    private void forgetOldest(long version) {
        Iterator<String> oldest = segments.keySet().iterator();
        String name = oldest.next();
        oldest.remove();
        // To the end, also if it was forgotten before.
        gone.remove(name);
        gone.put(name, version);
        lastGone = version;
        if (gone.size() > MOST_GONE) {
            Iterator<String> first = gone.keySet().iterator();
            first.next();
            first.remove();
        }
    }

    /** Calls back for each segment that has learned since the given version, the one that learned last at the end. */
    void since(long version, BiConsumer<String, Segment> sink) {
        segments.forEach((name, segment) -> {
            if (segment.version > version) {
                sink.accept(name, segment);
            }
        });
    }

    /** The segments that were forgotten since the given version. */
    List<String> goneSince(long version) {
        List<String> names = new ArrayList<>();
        if (lastGone <= version) {
            // Asked after every label in a backtest, and nearly always so.
            return names;
        }
        gone.forEach((name, at) -> {
            if (at > version && !segments.containsKey(name)) {
                names.add(name);
            }
        });
        return names;
    }

    int bytes() {
        int sum = 2 * Integer.BYTES;
        for (Map.Entry<String, Segment> entry : segments.entrySet()) {
            sum += textBytes(entry.getKey())
                    + 2 * Long.BYTES
                    + entry.getValue().learning.bytes();
        }
        for (String name : gone.keySet()) {
            sum += textBytes(name) + Long.BYTES;
        }
        return sum;
    }

    private static int textBytes(String text) {
        return Integer.BYTES + text.getBytes(StandardCharsets.UTF_8).length;
    }

    void write(ByteBuffer into) {
        into.putInt(segments.size());
        segments.forEach((name, segment) -> {
            putText(name, into);
            into.putDouble(segment.evidence).putLong(segment.version);
            segment.learning.write(into);
        });
        into.putInt(gone.size());
        gone.forEach((name, at) -> {
            putText(name, into);
            into.putLong(at);
        });
    }

    /** Takes up what was written, whose states are for the members with the given indexes now, −1 for those that left. */
    void read(ByteBuffer from, int[] oldIndexes, int oldMembers) {
        segments.clear();
        gone.clear();
        lastGone = 0;
        int count = from.getInt();
        for (int i = 0; i < count; i++) {
            String name = text(from);
            Segment segment = new Segment(learnings.get());
            segment.evidence = from.getDouble();
            segment.version = from.getLong();
            segment.learning.read(from, oldIndexes, oldMembers);
            segments.put(name, segment);
        }
        int lost = from.getInt();
        for (int i = 0; i < lost; i++) {
            String name = text(from);
            lastGone = from.getLong();
            gone.put(name, lastGone);
        }
    }

    private static void putText(String text, ByteBuffer into) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        into.putInt(bytes.length).put(bytes);
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
