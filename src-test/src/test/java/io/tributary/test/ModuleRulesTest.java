package io.tributary.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

/** What each module may depend on, and who may read a clock. */
@AnalyzeClasses(packages = "io.tributary", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {

    @ArchTest
    static final ArchRule core_dependsOnTheJdkAndAYamlReaderOnly = classes()
            .that()
            .resideInAPackage("io.tributary.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tributary.core..", "java..", "org.jspecify..", "org.snakeyaml..");

    @ArchTest
    static final ArchRule schemas_dependsOnCoreAvroAndTheRegistryClient = classes()
            .that()
            .resideInAPackage("io.tributary.schemas..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.core..",
                    "io.tributary.schemas..",
                    "java..",
                    "org.jspecify..",
                    "org.apache.avro..",
                    "org.apache.kafka.common..",
                    "org.apache.flink.avro.registry.confluent.shaded..");

    @ArchTest
    static final ArchRule registryClient_isNamedInOneClassOnly = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.tributary.schemas.SchemaRegistry")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink.avro.registry.confluent.shaded..");

    @ArchTest
    static final ArchRule members_knowNeitherPlaneNorTheWire = noClasses()
            .that()
            .resideInAPackage("io.tributary.members..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.flink..", "org.apache.kafka..", "org.apache.avro..", "io.tributary.schemas..");

    @ArchTest
    static final ArchRule scoringPlane_knowsNoEngineAndNoLearningPlane = noClasses()
            .that()
            .resideInAPackage("io.tributary.scoring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "ai.djl..",
                    "ml.dmlc..",
                    "dev.cel..",
                    "io.tributary.members..",
                    "io.tributary.learning..",
                    "io.tributary.app..",
                    "org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule learningPlane_knowsNoFlinkAndNoScoringPlane = noClasses()
            .that()
            .resideInAPackage("io.tributary.learning..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.flink..", "io.tributary.scoring..", "io.tributary.members..", "io.tributary.app..");

    @ArchTest
    static final ArchRule dashboard_knowsNeitherPlaneNorTheCommand = noClasses()
            .that()
            .resideInAPackage("io.tributary.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.flink..",
                    "org.apache.kafka.streams..",
                    "io.tributary.scoring..",
                    "io.tributary.learning..",
                    "io.tributary.members..",
                    "io.tributary.app..");

    @ArchTest
    static final ArchRule whatTheDashboardShows_isFoldedWithoutClockKafkaOrServer = noClasses()
            .that()
            .resideInAPackage("io.tributary.dashboard.live..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.javalin..", "org.apache.avro..")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule packages_haveNoCycles = SlicesRuleDefinition.slices()
            .matching("io.tributary.(*)..")
            .should()
            .beFreeOfCycles();

    /** Core is handed the time, so that a replay is exact; the wall clock belongs to the outermost layer. */
    @ArchTest
    static void core_readsNoClock(JavaClasses all) {
        noClasses()
                .that()
                .resideInAnyPackage("io.tributary.core..", "io.tributary.schemas..", "io.tributary.members..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(all);
    }

    /** Math.exp and Math.log differ between JVMs; the fold must not. */
    @ArchTest
    static void core_takesExactFunctionsFromStrictMath(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("io.tributary.core..")
                .should()
                .callMethod(Math.class, "exp", double.class)
                .orShould()
                .callMethod(Math.class, "log", double.class)
                .orShould()
                .callMethod(Math.class, "log1p", double.class)
                .orShould()
                .callMethod(Math.class, "pow", double.class, double.class)
                .check(all);
    }
}
