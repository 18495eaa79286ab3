package io.tributary.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import org.junit.jupiter.api.Test;

/** What is told of Flink's stack traces. */
class RootCauseTest {

    @Test
    void of_nestedCauses_isTheInnermost() {
        assertThat(RootCause.of("""
                org.apache.flink.runtime.JobException: Recovery is suppressed
                \tat a.B.c(B.java:1)
                Caused by: java.lang.RuntimeException: outer
                \tat a.B.c(B.java:2)
                Caused by: java.io.IOException: no registry at http://r:1
                \t... 3 more
                """)).isEqualTo("java.io.IOException: no registry at http://r:1");
    }

    @Test
    void of_missingClassOfTheRuntimeJar_saysWhereThatBelongs() {
        assertThat(RootCause.of("java.lang.NoClassDefFoundError: io/tributary/core/Event"))
                .contains("io/tributary/core/Event", "tributary-runtime.jar", "lib/");
        assertThat(RootCause.of("java.lang.ClassNotFoundException: a.b.C"))
                .isEqualTo("java.lang.ClassNotFoundException: a.b.C");
    }

    @Test
    void at_noUrl_isRefused() {
        assertThatThrownBy(() -> FlinkCluster.at("ftp://x"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--jobmanager is ftp://x");
        assertThat(FlinkCluster.at("localhost:8081/").url()).isEqualTo("http://localhost:8081");
    }
}
