package io.tributary.core.drift;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Both detectors over the losses of one scorer. */
final class ScorerWatch {

    private final int scorer;
    private final LossScale scale = new LossScale();
    private final DriftDetector adwin = new Adwin();
    private final DriftDetector pageHinkley = new PageHinkley();

    ScorerWatch(int scorer) {
        this.scorer = scorer;
    }

    void observe(double loss, Consumer<? super DriftAlarm> sink) {
        if (!Double.isFinite(loss)) {
            return;
        }
        double counted = Values.clamped(loss);
        if (scale.learn(counted)) {
            adwin.clear();
            pageHinkley.clear();
            for (int i = 0; i < LossScale.REFERENCE && scale.wasConstant(); i++) {
                // What held until now had no scale: without it a member that was always right could never be seen to
                // err.
                adwin.observe(0);
                pageHinkley.observe(0);
            }
        } else if (scale.known()) {
            double scaled = scale.scaled(counted);
            boolean first = observe(adwin, scaled, sink);
            boolean second = observe(pageHinkley, scaled, sink);
            if (first || second) {
                scale.startAnew();
            }
        }
    }

    private boolean observe(DriftDetector detector, double scaled, Consumer<? super DriftAlarm> sink) {
        Change change = detector.observe(scaled);
        if (change == Change.NONE) {
            return false;
        }
        sink.accept(new DriftAlarm(
                scorer, detector.name(), change, scale.loss(detector.meanBefore()), scale.loss(detector.meanAfter())));
        return true;
    }

    int maxBytes() {
        return LossScale.BYTES + adwin.maxBytes() + pageHinkley.maxBytes();
    }

    void write(ByteBuffer bytes) {
        scale.write(bytes);
        adwin.write(bytes);
        pageHinkley.write(bytes);
    }

    void read(ByteBuffer bytes) {
        scale.read(bytes);
        adwin.read(bytes);
        pageHinkley.read(bytes);
    }
}
