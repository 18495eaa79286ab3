package io.tributary.app.metrics;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a Flink in this process, under the names that Flink's own Prometheus reporter gives them on a cluster;
 * those of the scoring plane are {@code tributary_scoring_…}, as Prometheus is told to rename them there. Labels that are
 * different after each restart of a task are left out.
 */
public final class FlinkMetrics implements MetricReporter {

    private static final Logger LOG = LoggerFactory.getLogger(FlinkMetrics.class);

    /** As in {@code deploy/prometheus/prometheus.yml}. */
    private static final Pattern OWN = Pattern.compile("flink_taskmanager_job_task_operator_tributary_.*(scoring_.+)");

    private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-zA-Z0-9:_]");
    private static final CharacterFilter ALLOWED =
            text -> NOT_ALLOWED.matcher(text).replaceAll("_");
    private static final Set<String> PASSING =
            Set.of("job_id", "task_id", "task_attempt_id", "task_attempt_num", "operator_id", "tm_id");
    private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);

    private static final String REPORTER = "metrics.reporter.tributary.";
    private static final String ID = "id";

    /** Flink makes reporters itself, and is told by this which of them it shall use. */
    private static final Map<String, FlinkMetrics> BY_ID = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Map<Series, Metric> metrics = new ConcurrentHashMap<>();

    private record Series(String name, Map<String, String> labels) {}

    /** Hands Flink the reporter that it is configured to use. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            FlinkMetrics chosen = BY_ID.get(properties.getProperty(ID));
            if (chosen == null) {
                throw new IllegalStateException("nobody waits for the metrics of this Flink");
            }
            return chosen;
        }
    }

    /** Has the one Flink that is started by the given configuration report here. */
    public void configure(Configuration configuration) {
        BY_ID.put(id, this);
        configuration.setString(REPORTER + "factory.class", Factory.class.getName());
        configuration.setString(REPORTER + ID, id);
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {
        BY_ID.remove(id);
        metrics.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
        metrics.put(series(metricName, group), metric);
    }

    /** A task that is started again may be there before its former self has gone, and stays. */
    @Override
    public void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
        metrics.remove(series(metricName, group), metric);
    }

    private static Series series(String metricName, MetricGroup group) {
        String scope = LogicalScopeProvider.castFrom(group).getLogicalScope(ALLOWED, '_');
        String name = "flink_" + scope + "_" + ALLOWED.filterCharacters(metricName);
        Matcher own = OWN.matcher(name);
        Map<String, String> labels = new TreeMap<>();
        group.getAllVariables().forEach((variable, value) -> {
            // Variables are called <name>.
            String label = ALLOWED.filterCharacters(variable.substring(1, variable.length() - 1));
            if (!PASSING.contains(label) && !value.isEmpty()) {
                labels.put(label, value);
            }
        });
        return new Series(own.matches() ? "tributary_" + own.group(1) : name, labels);
    }

    /** Adds what there is to tell; a metric that has no number just now is left out. */
    void into(Exposition exposition) {
        metrics.forEach((series, metric) -> {
            try {
                add(series, metric, exposition);
            } catch (RuntimeException e) {
                LOG.debug("no value of {}", series, e);
            }
        });
    }

    private static void add(Series series, Metric metric, Exposition into) {
        if (metric instanceof Counter counter) {
            into.add(series.name(), series.labels(), counter.getCount());
        } else if (metric instanceof Meter meter) {
            into.add(series.name(), series.labels(), meter.getRate());
        } else if (metric instanceof Histogram histogram) {
            add(series, histogram, into);
        } else if (metric instanceof Gauge<?> gauge) {
            add(series, gauge.getValue(), into);
        }
    }

    private static void add(Series series, @Nullable Object value, Exposition into) {
        if (value instanceof Number number) {
            into.add(series.name(), series.labels(), number.doubleValue());
        } else if (value instanceof Boolean yes) {
            into.add(series.name(), series.labels(), yes ? 1 : 0);
        }
    }

    private static void add(Series series, Histogram histogram, Exposition into) {
        into.add(series.name() + "_count", series.labels(), histogram.getCount());
        for (double quantile : QUANTILES) {
            Map<String, String> labels = new TreeMap<>(series.labels());
            labels.put("quantile", Double.toString(quantile));
            into.add(series.name(), labels, histogram.getStatistics().getQuantile(quantile));
        }
    }
}
