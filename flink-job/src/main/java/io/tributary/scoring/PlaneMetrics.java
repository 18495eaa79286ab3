package io.tributary.scoring;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/**
 * Where an operator registers metrics, so that Prometheus knows them by one name wherever the plane runs. Flink's reporter
 * calls them {@code flink_taskmanager_job_task_operator_tributary_…_scoring_NAME}, of which {@code tributary_scoring_NAME}
 * is kept: by a rule of Prometheus on a cluster, and by {@code tributary run} itself. Labels come before {@code scoring},
 * for Flink puts their names into that of the metric.
 */
final class PlaneMetrics {

    private final MetricGroup labels;
    private final MetricGroup names;

    private PlaneMetrics(MetricGroup labels) {
        this.labels = labels;
        this.names = labels.addGroup("scoring");
    }

    /** Those of an operator, labelled with the ensemble's name. */
    static PlaneMetrics of(MetricGroup operator, String ensemble) {
        return new PlaneMetrics(operator.addGroup("tributary").addGroup("ensemble", ensemble));
    }

    /** The same with a label more. */
    PlaneMetrics with(String label, String value) {
        return new PlaneMetrics(labels.addGroup(label, value));
    }

    /** A new counter for one thread. */
    Counter counter(String name) {
        return names.counter(name, new SimpleCounter());
    }

    /** A number that is asked for when metrics are read, on another thread. */
    <T extends Number> void gauge(String name, Gauge<T> gauge) {
        names.gauge(name, gauge);
    }
}
