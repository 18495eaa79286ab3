package io.tributary.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.learn.LearnerSettings;
import io.tributary.core.learn.Loss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecParserTest {

    private static final Path FRAUD = Path.of(System.getProperty("tributary.home", ".."), "examples/fraud/fraud.yaml");

    @TempDir
    Path folder;

    @Test
    void parse_shippedExample_isUnderstood() {
        EnsembleSpec spec = SpecParser.parse(FRAUD);

        assertThat(spec.ensemble()).isEqualTo("fraud");
        assertThat(spec.version()).isEqualTo(1);
        assertThat(spec.memberNames()).containsExactly("logistic", "forest", "mlp", "boosted", "rules");
        assertThat(spec.members())
                .extracting(MemberSpec::kind)
                .containsExactly("onnx", "onnx", "torchscript", "xgboost", "rules");
        assertThat(spec.members().get(0).model())
                .isEqualTo(FRAUD.toAbsolutePath().resolveSibling("models/logistic.onnx"));
        assertThat(spec.features().width()).isEqualTo(15);
        assertThat(spec.members().get(3).columns()).isEqualTo(spec.features().columns());
        MemberSpec rules = spec.members().get(4);
        assertThat(rules.rules())
                .isNotEmpty()
                .allMatch(rule -> rule.when().contains(">") && rule.score().constant() > 0);
        assertThat(rules.rules().get(1).line()).isEqualTo(rules.rules().get(0).line() + 2);
        assertThat(rules.otherwise().constant()).isBetween(0.0, 0.1);
        assertThat(rules.model()).isNull();
        assertThat(spec.events().schema()).isRegularFile();
        assertThat(spec.outcomes().maxDelay()).isEqualTo(Duration.ofDays(45));
        assertThat(spec.outcomes().kind()).isEqualTo("kind");
        assertThat(spec.target()).isEqualTo("tx_fraud");
        assertThat(spec.batch()).isEqualTo(new EnsembleSpec.Batch(64, Duration.ofMillis(5)));
        assertThat(spec.fusion().method()).as("left to auto").isNull();
        assertThat(spec.learning().publish()).isEqualTo(Duration.ofMillis(200));
        assertThat(spec.delivery()).isEqualTo(EnsembleSpec.Delivery.AT_LEAST_ONCE);
        assertThat(spec.topics().deadLetters()).isEqualTo("fraud.dead-letters");
        assertThat(spec.learningGroup()).isEqualTo("fraud.learning");
        assertThat(spec.scoringGroup()).isEqualTo("fraud.scoring");
    }

    @Test
    void parse_onlyWhatIsRequired_takesDefaults() {
        EnsembleSpec spec = TestSpecs.of("a", "b");

        assertThat(spec.version()).isEqualTo(1);
        assertThat(spec.threshold()).isEqualTo(0.5);
        assertThat(spec.kafka()).isEqualTo(new EnsembleSpec.Kafka("localhost:9092", Map.of()));
        assertThat(spec.registry().url()).isEqualTo("http://localhost:8081");
        assertThat(spec.events()).isEqualTo(new EnsembleSpec.Events("events", null, "id", "time", null));
        assertThat(spec.outcomes())
                .isEqualTo(new OutcomeSpec(
                        "test.outcomes",
                        "eventId",
                        "label",
                        "time",
                        "kind",
                        "source",
                        "propensity",
                        Duration.ofDays(30),
                        Duration.ZERO,
                        false));
        assertThat(spec.batch()).isEqualTo(new EnsembleSpec.Batch(64, Duration.ofMillis(5)));
        assertThat(spec.fusion()).isEqualTo(new EnsembleSpec.Fusion(null, 1e-6, 0.1, false, Double.NaN));
        assertThat(spec.learning())
                .isEqualTo(new LearningSpec(
                        "auto",
                        Loss.LOG,
                        LearnerSettings.DEFAULT,
                        10,
                        new LearningSpec.Segments(1000, 1000),
                        Duration.ofSeconds(1)));
        assertThat(spec.metricsWindow()).isEqualTo(Duration.ofHours(1));
        assertThat(spec.bootstrap()).isEqualTo(EnsembleSpec.Bootstrap.PUBLISHED);
        assertThat(spec.delivery()).isEqualTo(EnsembleSpec.Delivery.AT_LEAST_ONCE);
        assertThat(spec.topics())
                .isEqualTo(new EnsembleSpec.Topics(
                        "test.predictions",
                        "test.weights",
                        "test.feedback",
                        "test.metrics",
                        "test.dead-letters",
                        "test.control"));
    }

    @Test
    void parse_everyKeySet_isTakenOver() {
        EnsembleSpec spec = TestSpecs.of(List.of("a"), """
                version: 7
                threshold: 0.2
                kafka: {bootstrap: 'one:9092,two:9093', properties: {security.protocol: SSL}}
                registry: {url: 'https://registry', properties: {auth: basic}}
                outcomes:
                  topic: chargebacks
                  id: ref
                  label: fraud
                  time: at
                  source: who
                  maxDelay: 90d
                  settle: 2h
                  copartitioned: true
                target: fraud
                batch: {size: 1, linger: 0ms}
                fusion: {method: log-odds, clip: 1e-4}
                learning: {learner: hedge, loss: square, eta: 0.5, gradient: false, maxImportance: 3, publish: 1m,
                  segments: {evidence: 50, most: 20}}
                metrics: {window: 1d}
                bootstrap: equal
                delivery: exactly-once
                topics: {weights: w}
                """);

        assertThat(spec.version()).isEqualTo(7);
        assertThat(spec.threshold()).isEqualTo(0.2);
        assertThat(spec.kafka())
                .isEqualTo(new EnsembleSpec.Kafka("one:9092,two:9093", Map.of("security.protocol", "SSL")));
        assertThat(spec.registry()).isEqualTo(new EnsembleSpec.Registry("https://registry", Map.of("auth", "basic")));
        // A mapped record has only the optional fields that the mapping names.
        assertThat(spec.outcomes())
                .isEqualTo(new OutcomeSpec(
                        "chargebacks",
                        "ref",
                        "fraud",
                        "at",
                        null,
                        "who",
                        null,
                        Duration.ofDays(90),
                        Duration.ofHours(2),
                        true));
        assertThat(spec.batch()).isEqualTo(new EnsembleSpec.Batch(1, Duration.ZERO));
        assertThat(spec.fusion())
                .isEqualTo(new EnsembleSpec.Fusion(FusionMethod.LOG_ODDS, 1e-4, 0.1, false, Double.NaN));
        assertThat(spec.learning())
                .isEqualTo(new LearningSpec(
                        "hedge",
                        Loss.SQUARE,
                        LearnerSettings.DEFAULT.withEta(0.5).withGradient(false),
                        3,
                        new LearningSpec.Segments(50, 20),
                        Duration.ofMinutes(1)));
        assertThat(spec.metricsWindow()).isEqualTo(Duration.ofDays(1));
        assertThat(spec.bootstrap()).isEqualTo(EnsembleSpec.Bootstrap.EQUAL);
        assertThat(spec.delivery()).isEqualTo(EnsembleSpec.Delivery.EXACTLY_ONCE);
        assertThat(spec.topics().weights()).isEqualTo("w");
        assertThat(spec.topics().metrics()).isEqualTo("test.metrics");
    }

    @Test
    void parse_sectionWithoutContentAndNull_areLeftOut() {
        assertThat(TestSpecs.of(List.of("a"), "batch:\nlearning: ~\ntarget: null\nkafka: {properties: ~}\n"))
                .isEqualTo(TestSpecs.of("a"));
    }

    @Test
    void parse_features_ofAllKinds() {
        String yaml = """
                ensemble: test
                events: {topic: t, id: i, time: at}
                features:
                  - amount
                  - {field: tx.hour, name: hour, mean: 12, scale: 4}
                  - {field: country, oneHot: [DE, FR]}
                  - {field: merchant, hash: 16}
                members:
                  a:
                    xgboost: m.json
                    features: [hour, country=FR]
                """;
        EnsembleSpec spec = SpecParser.parse(yaml, Path.of("test.yaml"));
        assertThat(spec.features().features())
                .containsExactly(
                        new FeatureSpec.Numeric("amount", "amount", NumberSteps.NONE),
                        new FeatureSpec.Numeric("hour", "tx.hour", NumberSteps.standardised(12, 4)),
                        new FeatureSpec.OneHot("country", "country", List.of("DE", "FR"), null),
                        new FeatureSpec.Hashed("merchant", "merchant", 16, null));
        assertThat(spec.members().get(0).columns()).containsExactly("hour", "country=FR");
    }

    @Test
    void at_otherBroker_changesThatAlone() {
        EnsembleSpec spec = SpecParser.parse(FRAUD);
        EnsembleSpec moved = spec.at("other:1", "http://other");
        assertThat(moved.kafka().bootstrap()).isEqualTo("other:1");
        assertThat(moved.registry().url()).isEqualTo("http://other");
        assertThat(moved.at(spec.kafka().bootstrap(), spec.registry().url())).isEqualTo(spec);
    }

    @Test
    void parse_withFilesElsewhere_takesThemFromThere(@TempDir Path elsewhere) throws Exception {
        Files.writeString(elsewhere.resolve("t.avsc"), "");
        String yaml = """
                ensemble: e
                events:
                  topic: t
                  schema: ../t.avsc
                  id: i
                  time: at
                features: [x]
                members:
                  a: {onnx: models/a.onnx}
                """;
        Path written = Path.of("/nowhere/specs/e.yaml");

        EnsembleSpec spec = SpecParser.parse(yaml, written, path -> elsewhere.resolve(path.getFileName()));

        assertThat(spec.file()).isEqualTo(written);
        assertThat(spec.events().schema()).isEqualTo(elsewhere.resolve("t.avsc"));
        assertThat(spec.members().get(0).model()).isEqualTo(elsewhere.resolve("a.onnx"));
    }

    @Test
    void parse_manyProblems_reportsAllInLineOrder() {
        String yaml = """
                ensemble: Fraud Detection
                threshold: 1.7
                lerning:
                  eta: 2
                events:
                  topic: t
                  id: i
                  time: at
                features: [x]
                members:
                  a:
                    onnx: a.onnx
                    sha256: beef
                learning:
                  eta: -1
                """;
        assertThat(problemsOf(yaml))
                .containsExactly(
                        "test.yaml:1: ensemble is Fraud Detection, must be 1 to 64 lower-case letters, digits, dots and"
                                + " dashes, beginning with a letter or digit",
                        "test.yaml:2: threshold is 1.7, must be in (0, 1)",
                        "test.yaml:3: lerning is not a key of the spec; did you mean 'learning'?",
                        "test.yaml:13: members.a.sha256 is beef, must be 64 hexadecimal digits",
                        "test.yaml:15: learning.eta is -1, must be above 0");
    }

    @Test
    void parse_message_isOneProblemALine() {
        SpecException e = catchThrowableOfType(
                SpecException.class, () -> SpecParser.parse("ensemble: a\nversion: x\n", Path.of("dir/test.yaml")));
        assertThat(e.problems()).hasSizeGreaterThan(3);
        assertThat(e.getMessage().lines())
                .hasSameSizeAs(e.problems())
                .allMatch(line -> line.startsWith("dir/test.yaml:"));
        assertThat(e.problems().get(0).message()).contains("is missing");
    }

    @Test
    void parse_emptyOrCommentOnly_saysSo() {
        for (String yaml : List.of("", "\n\n", "# nothing\n")) {
            assertThat(problemsOf(yaml))
                    .containsExactly(
                            "test.yaml:1: the spec is empty; examples/fraud/fraud.yaml shows what one looks like");
        }
    }

    @Test
    void parse_noMapping_saysThatAlone() {
        for (String yaml : List.of("- a\n- b\n", "just words", "[1, 2]")) {
            assertThat(problemsOf(yaml)).containsExactly("test.yaml:1: the spec must be a mapping of keys to values");
        }
    }

    @Test
    void parse_absentFile_saysSo() {
        Path absent = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> SpecParser.parse(absent))
                .isInstanceOf(SpecException.class)
                .hasMessage(absent + ":1: the spec does not exist; correct the path");
    }

    @Test
    void parse_folder_saysSo() {
        assertThatThrownBy(() -> SpecParser.parse(folder))
                .isInstanceOf(SpecException.class)
                .hasMessage(folder + ":1: the spec is a folder; name the file in it");
    }

    @Test
    void parse_notUtf8_saysSo() throws IOException {
        Path file =
                Files.write(folder.resolve("latin.yaml"), "ensemble: f\u00fcr".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SpecParser.parse(file))
                .isInstanceOf(SpecException.class)
                .hasMessage(file + ":1: the spec is not UTF-8 text; save it as that");
    }

    static List<String> problemsOf(String yaml) {
        return catchThrowableOfType(SpecException.class, () -> SpecParser.parse(yaml, Path.of("test.yaml")))
                .problems()
                .stream()
                .map(SpecProblem::toString)
                .toList();
    }
}
