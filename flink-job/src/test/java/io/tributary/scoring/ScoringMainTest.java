package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** What a job says when the cluster or the arguments do not fit it. */
class ScoringMainTest {

    @Test
    void main_withoutTheRuntimeJar_saysWhereToPutIt() throws Exception {
        URL jobAlone = ScoringMain.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jobAlone}, null)) {
            Method main = loader.loadClass(ScoringMain.class.getName()).getMethod("main", String[].class);

            assertThatThrownBy(() -> main.invoke(null, (Object) new String[0]))
                    .rootCause()
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> main.invoke(null, (Object) new String[0]))
                    .cause()
                    .hasMessageContaining("tributary-runtime.jar")
                    .hasMessageContaining("lib/");
        }
    }

    @Test
    void requireSame_otherVersion_namesBoth() {
        assertThatThrownBy(() -> RuntimeJar.requireSame("2.0", "1.0")).hasMessageContaining("2.0", "1.0");
        assertThatCode(() -> RuntimeJar.requireSame("2.0", null)).doesNotThrowAnyException();
    }

    @Test
    void main_unknownArgument_isNamed() {
        assertThatThrownBy(() -> ScoringMain.main(new String[] {"--bootsrap", "a:1"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bootsrap")
                .hasMessageContaining("--bootstrap");
    }

    @Test
    void main_noDuration_isNamed() {
        assertThatThrownBy(() -> ScoringMain.main(new String[] {"--checkpoint", "soon"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--checkpoint is soon");
    }

    @Test
    void isOf_anotherVersionOrEnsemble_tellsThemApart(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
            throws Exception {
        var spec = io.tributary.core.spec.SpecParser.parse(Samples.file(folder));

        assertThat(ScoringJob.isOf(spec, ScoringJob.name(spec))).isTrue();
        assertThat(ScoringJob.isOf(spec, "test scoring, spec version 7")).isTrue();
        assertThat(ScoringJob.isOf(spec, "test-2 scoring, spec version 1")).isFalse();
    }
}
