package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.explain.EventSearch;
import io.tributary.app.plane.Planes;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.app.play.Watch;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.Dashboard;
import io.tributary.dashboard.serve.Address;
import io.tributary.dashboard.serve.Explainer;
import io.tributary.learning.LearningPlane;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of a running ensemble, in a real browser. */
class DashboardTest {

    private static final String NAME = "watched";
    private static final int LABELLED = 300;
    private static final Duration TURNS_RED_WITHIN = Duration.ofSeconds(5);

    private static final Stack STACK = Stack.shared();

    @TempDir
    private static Path profile;

    private static EnsembleSpec spec;
    private static List<PlayedEvent> events;
    private static Planes planes;
    private static Dashboard dashboard;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Browser.require();
        spec = STACK.fraud(NAME);
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
        events = Payments.played(spec, STACK.registry());
        Tally tally = new Tally(spec, events.subList(0, LABELLED));
        try (Watch watch = Watch.start(spec, STACK.registry(), tally);
                Player player = new Player(spec, STACK.registry(), tally, Duration.ofDays(1), planes::failure)) {
            player.play(new Pace.Lockstep(100));
            assertThat(watch.failure()).isNull();
        }
        dashboard = serve(0);
        browser = Browser.open(profile);
        browser.go(dashboard.url());
        browser.await(
                "the page knows the ensemble", () -> browser.text("#ensemble").equals(NAME));
    }

    private static Dashboard serve(int port) {
        String learning = "http://" + planes.queryAddress().orElseThrow();
        return Dashboard.start(
                spec, STACK.registry(), Address.local(port), new EventSearch(spec, STACK.registry(), learning));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {browser, dashboard, planes}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @AfterEach
    void assertNoErrors() {
        assertThat(browser.errors()).isEmpty();
    }

    private static String cell(String member, int column) {
        String rows = "[...document.querySelectorAll('#members tbody tr')]";
        Object text = browser.value(rows + ".find(row => row.cells[0].textContent === '" + member + "')?.cells["
                + column + "].textContent ?? ''");
        return String.valueOf(text);
    }

    private static boolean isRed(String member) {
        return Boolean.TRUE.equals(browser.value("[...document.querySelectorAll('#members tr.silent')].some(row =>"
                + " row.cells[0].textContent === '" + member + "')"));
    }

    @Test
    void page_showsTheWeightsThatAreOnTheTopic() {
        Weights newest = null;
        for (ConsumerRecord<byte[], byte[]> record :
                TopicReader.readToEnd(STACK.bootstrap(), spec.topics().weights())) {
            newest = new ContractDeserializer<>(STACK.registry(), Codecs.WEIGHTS)
                    .deserialize(record.topic(), record.value());
        }

        assertThat(newest).isNotNull();
        assertThat(newest.version()).isEqualTo(LABELLED);
        for (int k = 0; k < newest.members().length; k++) {
            String member = newest.members()[k];
            String weight = String.format(Locale.ROOT, "%.3f", newest.weight(k));
            browser.await(member + " weighs " + weight, () -> cell(member, 2).equals(weight));
        }
        browser.await("losses are drawn", () -> browser.shows("#losses canvas") && browser.shows("#weights canvas"));
        assertThat(browser.text("#losses .u-legend")).contains("fused", "uniform", "best: ");
    }

    @Test
    void member_thatIsKilled_turnsRedAndRecovers() {
        try (Records records = new Records(STACK.bootstrap())) {
            Iterator<PlayedEvent> more = events.subList(LABELLED, events.size()).iterator();
            browser.await("boosted answers", () -> {
                send(records, more);
                return cell("boosted", 1).equals("live");
            });
            assertThat(isRed("boosted")).isFalse();

            KillableMembers.kill(NAME, "boosted");
            send(records, more);
            browser.await("boosted is red", TURNS_RED_WITHIN, () -> {
                send(records, more);
                return isRed("boosted");
            });
            assertThat(isRed("forest")).isFalse();
            assertThat(browser.text("#health")).startsWith("Trouble").contains("boosted answers nothing: it failed");

            KillableMembers.revive(NAME, "boosted");
            browser.await("boosted is back", () -> {
                send(records, more);
                return !isRed("boosted");
            });
        } finally {
            KillableMembers.revive(NAME, "boosted");
        }
    }

    private static void send(Records records, Iterator<PlayedEvent> more) {
        PlayedEvent next = more.next();
        records.send(spec.events().topic(), next.id(), next.record());
    }

    @Test
    void search_byEventId_opensTheRightExplanation() {
        String id = events.get(7).id();
        Prediction prediction = TopicReader.readToEnd(
                        STACK.bootstrap(), spec.topics().predictions())
                .stream()
                .map(record -> new ContractDeserializer<>(STACK.registry(), Codecs.PREDICTION)
                        .deserialize(record.topic(), record.value()))
                .filter(each -> each.eventId().equals(id))
                .findFirst()
                .orElseThrow();

        browser.find("body").sendKeys("/");
        assertThat(browser.value("document.activeElement.id")).isEqualTo("event-id");
        browser.find("#event-id").sendKeys(id, Keys.ENTER);

        browser.await(
                "the explanation is there",
                () -> browser.text("dialog[open] .same").contains("to the last bit"));
        assertThat(browser.text("dialog h2")).isEqualTo("Event " + id);
        assertThat(browser.text("dialog .same")).contains(Double.toString(prediction.score()));
        assertThat(browser.text("dialog table")).contains(spec.memberNames());
        assertThat(String.valueOf(browser.value("location.hash"))).isEqualTo("#event=" + id);
        browser.find("dialog").sendKeys(Keys.ESCAPE);
        browser.await("the explanation is closed", () -> !browser.shows("dialog[open]"));
    }

    @Test
    void search_whereNoLearningPlaneAnswers_looksAmongTheNewestPredictions() throws Exception {
        String id = events.get(11).id();
        EventSearch search = new EventSearch(spec, STACK.registry(), null);

        JsonNode found = new ObjectMapper().readTree(search.explain(id));

        assertThat(found.get("eventId").asText()).isEqualTo(id);
        assertThat(found.get("recomputed").get("same").asBoolean()).isTrue();
        assertThatThrownBy(() -> search.explain("nobody"))
                .isInstanceOf(Explainer.NotExplainedException.class)
                .hasMessage("The prediction for event 'nobody' is not among the newest 200,000 of the topic.");
    }

    @Test
    void losses_ofTheTimeBeforeEachPoint_areThoseOfItsLabelsAlone() {
        String points = "[[0, [10], [0.5]], [1000, [20], [0.4]], [2000, [20], [0.4]], [3000, [40], [0.3]]]";

        assertThat(browser.imported("losses", "lately(" + points + ", 0, 1000, {squared: false}).join()"))
                .isEqualTo(",0.3,,0.2");
        assertThat(browser.imported(
                        "losses", "lately([[0, [10], [3]], [9, [20], [5]]], 0, 1000, {squared: true})[1].toFixed(4)"))
                .isEqualTo(String.format(Locale.ROOT, "%.4f", Math.sqrt((20 * 25 - 10 * 9) / 10.0)));
    }

    @Test
    void series_withNewerPoints_replacesThoseOfTheirTimeAndForgetsWhatIsOld() {
        String kept = "{points: [[0, 1], [4000000, 2], [4001000, 3], [4002000, 4]]}";
        String change = "{points: [[4001000, 5], [4003000, 6]]}";

        assertThat(browser.imported("state", "grown(" + kept + ", " + change + ", 4003000).points.join(';')"))
                .isEqualTo("4000000,2;4001000,5;4003000,6");
    }

    @Test
    void search_forAnUnknownEvent_saysThatThereIsNone() {
        browser.find("#event-id").clear();
        browser.find("#event-id").sendKeys("nobody", Keys.ENTER);

        browser.await(
                "there is an answer", () -> browser.text("dialog[open] .empty").contains("nobody"));
        assertThat(browser.text("dialog .empty")).contains("is not among the newest", "has read no prediction");
        browser.find("dialog button").click();
        // A browser logs every answer that is no success.
        assertThat(browser.errors()).allMatch(error -> error.contains("404"));
    }

    @Test
    void page_inEveryThemeAndSize_isNowhereWiderThanTheWindow() {
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {1280, 390}) {
                browser.look(width, 844, scheme);
                assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
                        .as(scheme + " " + width)
                        .isEqualTo(true);
            }
            assertThat(String.valueOf(browser.value("getComputedStyle(document.body).backgroundColor")))
                    .isEqualTo(scheme.equals("light") ? "rgb(245, 246, 248)" : "rgb(18, 21, 25)");
        }
        browser.look(1280, 800, "light");
    }

    @Test
    void page_whoseServerIsGone_saysSoAndComesBack() {
        int port = URI.create(dashboard.url()).getPort();
        dashboard.close();
        browser.await("the page says that it is lost", () -> browser.shows("#lost"));
        assertThat(browser.text("#lost")).startsWith("Connection lost, trying again.");

        dashboard = serve(port);
        browser.await("the page is back", () -> !browser.shows("#lost"));
        browser.await("the page is filled", () -> !cell("forest", 2).isEmpty());
        // The browser logs what it could not reach meanwhile.
        assertThat(browser.errors()).allMatch(error -> error.contains("/events"));
    }
}
