package io.tributary.scoring;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps what is registered, by the names of its groups, with labels as {@code label=value}, and its own. */
final class RecordedMetrics extends UnregisteredMetricsGroup {

    private final Map<String, Supplier<Object>> all;
    private final String path;

    RecordedMetrics() {
        this(new TreeMap<>(), "");
    }

    private RecordedMetrics(Map<String, Supplier<Object>> all, String path) {
        this.all = all;
        this.path = path;
    }

    Object value(String name) {
        return all.get(name).get();
    }

    @Override
    public MetricGroup addGroup(String name) {
        return new RecordedMetrics(all, path + name + " ");
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return addGroup(key + "=" + value);
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
        all.put(path + name, counter::getCount);
        return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        all.put(path + name, gauge::getValue);
        return gauge;
    }
}
