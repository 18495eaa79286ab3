package io.tributary.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class FlinkMetricsTest {

    private static final Group OPERATOR = new Group(
            "taskmanager.job.task.operator", Map.of("<operator_name>", "score", "<task_id>", "4711", "<host>", ""));

    private final FlinkMetrics metrics = new FlinkMetrics();

    /** A group as reporters are given them. */
    private static final class Group extends UnregisteredMetricsGroup implements LogicalScopeProvider {
        private final String scope;
        private final Map<String, String> variables;

        Group(String scope, Map<String, String> variables) {
            this.scope = scope;
            this.variables = variables;
        }

        @Override
        public Map<String, String> getAllVariables() {
            return variables;
        }

        @Override
        public String getLogicalScope(CharacterFilter filter) {
            return getLogicalScope(filter, '.');
        }

        @Override
        public String getLogicalScope(CharacterFilter filter, char delimiter) {
            return filter.filterCharacters(scope).replace('.', delimiter);
        }

        @Override
        public MetricGroup getWrappedMetricGroup() {
            return this;
        }
    }

    private String text() {
        Exposition exposition = new Exposition();
        metrics.into(exposition);
        return exposition.text();
    }

    @Test
    void metric_ofFlink_hasTheNameOfFlinksOwnReporter() {
        SimpleCounter counter = new SimpleCounter();
        counter.inc(3);
        metrics.notifyOfAddedMetric(counter, "records-lag", OPERATOR);
        metrics.notifyOfAddedMetric((Gauge<Boolean>) () -> true, "idle", OPERATOR);
        metrics.notifyOfAddedMetric(new MeterView(new SimpleCounter()), "perSecond", OPERATOR);

        assertThat(text()).isEqualTo("""
                # TYPE flink_taskmanager_job_task_operator_idle gauge
                flink_taskmanager_job_task_operator_idle{operator_name="score"} 1.0
                # TYPE flink_taskmanager_job_task_operator_perSecond gauge
                flink_taskmanager_job_task_operator_perSecond{operator_name="score"} 0.0
                # TYPE flink_taskmanager_job_task_operator_records_lag gauge
                flink_taskmanager_job_task_operator_records_lag{operator_name="score"} 3.0
                """);
    }

    @Test
    void metric_ofThePlane_hasANameOfItsOwn() {
        Group ours = new Group(
                "taskmanager.job.task.operator.tributary.ensemble.member.reason.scoring",
                Map.of("<ensemble>", "fraud", "<member>", "mlp", "<reason>", "put-aside"));
        metrics.notifyOfAddedMetric(new SimpleCounter(), "member_missing_total", ours);

        assertThat(text()).isEqualTo("""
                # TYPE tributary_scoring_member_missing_total counter
                tributary_scoring_member_missing_total{ensemble="fraud",member="mlp",reason="put-aside"} 0.0
                """);
    }

    @Test
    void metric_withoutANumber_isLeftOut() {
        metrics.notifyOfAddedMetric((Gauge<String>) () -> "RUNNING", "state", OPERATOR);
        metrics.notifyOfAddedMetric((Gauge<Long>) () -> null, "nothing", OPERATOR);
        metrics.notifyOfAddedMetric(
                (Gauge<Long>) () -> {
                    throw new IllegalStateException("not open");
                },
                "broken",
                OPERATOR);

        assertThat(text()).isEmpty();
    }

    @Test
    void task_startedAgainBeforeItsFormerSelfHasGone_stays() {
        Gauge<Integer> former = () -> 1;
        Gauge<Integer> again = () -> 2;
        Group of = new Group("a", Map.of("<task_attempt_num>", "0"));
        Group ofAgain = new Group("a", Map.of("<task_attempt_num>", "1"));
        metrics.notifyOfAddedMetric(former, "b", of);
        metrics.notifyOfAddedMetric(again, "b", ofAgain);
        metrics.notifyOfRemovedMetric(former, "b", of);
        assertThat(text()).contains("flink_a_b 2.0");

        metrics.notifyOfRemovedMetric(again, "b", ofAgain);
        assertThat(text()).isEmpty();
    }

    @Test
    void factory_givesFlinkTheOneItIsConfiguredFor() {
        Configuration configuration = new Configuration();
        metrics.configure(configuration);
        Properties properties = new Properties();
        properties.setProperty("id", configuration.toMap().get("metrics.reporter.tributary.id"));

        assertThat(new FlinkMetrics.Factory().createMetricReporter(properties)).isSameAs(metrics);
        metrics.close();
        assertThatThrownBy(() -> new FlinkMetrics.Factory().createMetricReporter(properties))
                .hasMessageContaining("nobody waits");
    }
}
