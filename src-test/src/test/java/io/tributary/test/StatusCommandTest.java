package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.plane.Planes;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.app.play.Watch;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.learning.LearningPlane;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody who is called at night asks first: weights and status of an ensemble that runs, and of one that does not. */
class StatusCommandTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LABELLED = 200;

    private static final Stack STACK = Stack.shared();

    private static Path file;
    private static Planes planes;

    @BeforeAll
    static void play() throws Exception {
        file = STACK.fraudFile("asked");
        EnsembleSpec spec = SpecParser.parse(file);
        STACK.prepare(spec);
        planes = Planes.start(
                spec,
                new Planes.Settings(
                        STACK.work(),
                        null,
                        1,
                        Duration.ofMillis(500),
                        Planes.Which.BOTH,
                        new LearningPlane.Queries("localhost", 0)));
        planes.awaitRunning(progress -> {});
        List<PlayedEvent> events = Payments.played(spec, STACK.registry()).subList(0, LABELLED);
        Tally tally = new Tally(spec, events);
        try (Watch watch = Watch.start(spec, STACK.registry(), tally);
                Player player = new Player(spec, STACK.registry(), tally, Duration.ofDays(1), planes::failure)) {
            player.play(new Pace.Lockstep(100));
            assertThat(watch.failure()).isNull();
        }
        try (Records records = new Records(STACK.bootstrap())) {
            records.send(spec.events().topic(), "broken", "no Avro".getBytes(StandardCharsets.UTF_8));
        }
        TopicReader.read(STACK.bootstrap(), spec.topics().deadLetters(), LIMIT, all -> !all.isEmpty());
    }

    @AfterAll
    static void stop() {
        planes.close();
    }

    private static String learning() {
        return "http://" + planes.queryAddress().orElseThrow();
    }

    @Test
    void weights_areTheNewestOfEachMemberWithWhatIsBehindThem() throws Exception {
        Command json = Command.start("weights", file.toString(), "--history", "3", "--json");
        assertThat(json.await(LIMIT)).as(json.output()).isZero();
        JsonNode weights = new ObjectMapper().readTree(json.output());
        assertThat(weights.get("version").asInt()).isEqualTo(LABELLED);
        assertThat(weights.get("learner").asText()).isEqualTo("auto");
        assertThat(weights.get("evidence").asDouble()).isPositive();
        double sum = 0;
        for (JsonNode member : weights.get("members")) {
            sum += member.get("weight").asDouble();
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(weights.get("members")).hasSize(5);
        assertThat(weights.get("history").get(0).get("version").asInt()).isEqualTo(LABELLED);
        assertThat(weights.get("segments")).isEmpty();

        Command text = Command.start("weights", file.toString());
        assertThat(text.await(LIMIT)).as(text.output()).isZero();
        assertThat(text.output())
                .contains("asked: weights version 200", "published", "evidence", "auto, which follows")
                .containsPattern("(?m)^  logistic +\\d\\.\\d{4}");
    }

    @Test
    void weights_ofASegmentWithoutItsOwn_areRefused() throws Exception {
        Command none = Command.start("weights", file.toString(), "--segment", "DE");

        assertThat(none.await(LIMIT)).isEqualTo(1);
        assertThat(none.output())
                .contains("segment DE has no weights of its own", "no segment has")
                .doesNotContain("\tat ");
    }

    @Test
    void status_ofAnEnsembleThatRuns_isWellAndHasItsFigures() throws Exception {
        Command json = Command.start("status", file.toString(), "--learning", learning(), "--json");
        assertThat(json.await(LIMIT)).as(json.output()).isZero();
        JsonNode status = new ObjectMapper().readTree(json.output());
        assertThat(status.get("well").asBoolean()).as(json.output()).isTrue();
        assertThat(status.get("broker").get("answers").asBoolean()).isTrue();
        assertThat(status.get("registry").get("answers").asBoolean()).isTrue();
        assertThat(status.get("missingTopics")).isEmpty();
        assertThat(status.get("scoring").get("newestAgeMillis").asLong()).isNotNegative();
        assertThat(status.get("learning").get("runs").asBoolean()).isTrue();
        assertThat(status.get("learning").get("answers").asBoolean()).isTrue();
        assertThat(status.get("learning").get("weightsVersion").asInt()).isEqualTo(LABELLED);
        assertThat(status.get("versions").get("scoring").asInt()).isEqualTo(1);
        assertThat(status.get("versions").get("published").isNull()).isTrue();
        assertThat(status.get("members")).hasSize(5).allSatisfy(member -> {
            assertThat(member.get("answered").asDouble()).isEqualTo(1);
            assertThat(member.get("weight").isNumber()).isTrue();
        });
        assertThat(status.get("deadLetters").get("count").asInt()).isEqualTo(1);
        assertThat(status.get("deadLetters").get("newest").get("stage").asText())
                .isEqualTo("decode-event");

        Command text = Command.start("status", file.toString(), "--learning", learning());
        assertThat(text.await(LIMIT)).as(text.output()).isZero();
        assertThat(text.output())
                .contains("✓ asked is well.", "topics        all there", "weights version 200 published", "boosted")
                .contains("1 in the last 5 min, the newest at decode-event: ");
    }

    @Test
    void status_ofAnEnsembleWithoutPlanes_saysThatEventsWait() throws Exception {
        Path alone = STACK.fraudFile("left-alone");
        EnsembleSpec spec = SpecParser.parse(alone);
        STACK.prepare(spec);
        try (Records records = new Records(STACK.bootstrap())) {
            records.sendAll(
                    spec.events().topic(),
                    Payments.played(spec, STACK.registry()).subList(0, 7));
        }

        Command status = Command.start("status", alone.toString());

        assertThat(status.await(LIMIT)).as(status.output()).isEqualTo(1);
        assertThat(status.output())
                .contains("✗ left-alone is not well.", "✗ no learning plane of left-alone runs")
                .contains("✗ 7 events wait on left-alone.transactions and none has been scored")
                .doesNotContain("\tat ");
        Command weights = Command.start("weights", alone.toString());
        assertThat(weights.await(LIMIT)).isEqualTo(1);
        assertThat(weights.output())
                .contains("left-alone has learned nothing yet")
                .doesNotContain("\tat ");
    }

    @Test
    void status_ofAnEnsembleThatNeverRan_namesTheTopicsThatAreMissing() throws Exception {
        Path never = STACK.fraudFile("never-ran");

        Command status = Command.start("status", never.toString());

        assertThat(status.await(LIMIT)).as(status.output()).isEqualTo(1);
        assertThat(status.output())
                .contains("✗ topics are missing: ", "never-ran.weights", "tributary topics check")
                .doesNotContain("\tat ");
        Command weights = Command.start("weights", never.toString());
        assertThat(weights.await(LIMIT)).isEqualTo(1);
        assertThat(weights.output()).contains("there is no topic never-ran.weights", "has never run there");
    }

    @Test
    void status_whereNothingAnswers_endsSoonAndSaysAllOfIt() throws Exception {
        Path gone = STACK.fraudFile("gone-away");
        Files.writeString(
                gone,
                Files.readString(gone)
                        .replace(STACK.bootstrap(), "127.0.0.1:1")
                        .replace(STACK.registryUrl(), "http://127.0.0.1:1"));

        Command status = Command.start("status", gone.toString(), "--learning", "http://127.0.0.1:1", "--json");

        assertThat(status.await(LIMIT)).as(status.output()).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(status.output());
        assertThat(json.get("well").asBoolean()).isFalse();
        assertThat(json.get("problems").toString())
                .contains("no Kafka broker answers at 127.0.0.1:1")
                .contains("no schema registry answers at http://127.0.0.1:1");
        assertThat(json.get("learning").get("answers").asBoolean()).isFalse();
    }
}
