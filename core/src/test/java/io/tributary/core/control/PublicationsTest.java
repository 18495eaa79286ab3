package io.tributary.core.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.control.Publications.Change;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows from what is said on the control topic. */
class PublicationsTest {

    private final Publications publications = new Publications("fraud");

    private static Control part(String id, int version, int part, int parts, String content) {
        return Control.bundle("fraud", id, version, 1, part, parts, content.getBytes(UTF_8));
    }

    private static Control decided(String id, @Nullable String problem) {
        return Control.decision("fraud", id, 2, 1, problem);
    }

    private static String textOf(@Nullable Publication publication) {
        return new String(Objects.requireNonNull(publication).bundle(), UTF_8);
    }

    @Test
    void publication_onceAllPartsAreThere_waits() {
        assertThat(publications.take(part("p", 2, 1, 3, "b"))).isEqualTo(Change.NONE);
        assertThat(publications.take(part("p", 2, 0, 3, "a"))).isEqualTo(Change.NONE);
        assertThat(publications.waiting()).isNull();

        assertThat(publications.take(part("p", 2, 2, 3, "c"))).isEqualTo(Change.PROPOSED);

        assertThat(textOf(publications.waiting())).isEqualTo("abc");
        assertThat(publications.committed()).isNull();
    }

    @Test
    void committed_isTheOneThatWaited_andTheOneBeforeIsRemembered() {
        publications.take(part("p", 2, 0, 1, "p"));
        assertThat(publications.take(decided("p", null))).isEqualTo(Change.COMMITTED);
        publications.take(part("q", 3, 0, 1, "q"));
        assertThat(textOf(publications.committed())).as("q waits").isEqualTo("p");

        publications.take(decided("q", null));

        assertThat(textOf(publications.committed())).isEqualTo("q");
        assertThat(textOf(publications.previous())).isEqualTo("p");
        assertThat(publications.waiting()).isNull();
    }

    @Test
    void refused_changesNothing() {
        publications.take(part("p", 2, 0, 1, "p"));
        publications.take(decided("p", null));
        publications.take(part("q", 3, 0, 1, "q"));

        assertThat(publications.take(decided("q", "broken"))).isEqualTo(Change.REFUSED);

        assertThat(textOf(publications.committed())).isEqualTo("p");
        assertThat(publications.waiting()).isNull();
        assertThat(publications.take(decided("q", null))).as("refused for good").isEqualTo(Change.NONE);
    }

    @Test
    void publicationOfAnotherPublisher_takesThePlaceOfTheOneThatWaits() {
        publications.take(part("p", 2, 0, 1, "p"));
        publications.take(part("q", 2, 0, 1, "q"));

        assertThat(publications.take(decided("p", null))).isEqualTo(Change.NONE);
        assertThat(textOf(publications.waiting())).isEqualTo("q");
    }

    @Test
    void whatIsSaidOfOthers_orIsOutOfRange_changesNothing() {
        assertThat(publications.take(Control.bundle("other", "p", 2, 1, 0, 1, new byte[1])))
                .isEqualTo(Change.NONE);
        assertThat(publications.take(part("p", 2, 3, 3, "x"))).isEqualTo(Change.NONE);
        assertThat(publications.take(part("p", 2, 0, 0, "x"))).isEqualTo(Change.NONE);
        publications.take(part("p", 2, 0, 2, "x"));
        assertThat(publications.take(part("p", 2, 1, 3, "x"))).isEqualTo(Change.NONE);
        assertThat(publications.waiting()).isNull();
    }

    @Test
    void rollCall_isCompleteOnceEverySubtaskHasLoadedIt() {
        Publication publication = new Publication("p", 2, new byte[0]);
        RollCall roll = new RollCall("p", List.of("score-a", "gather"));
        roll.take(Control.answer("fraud", publication, 1, "score-a", 1, 2, null));
        roll.take(Control.answer("fraud", publication, 1, "score-a", 1, 2, null));
        roll.take(Control.answer("fraud", publication, 1, "gather", 0, 1, null));
        roll.take(Control.answer("fraud", new Publication("q", 2, new byte[0]), 1, "score-a", 0, 2, null));
        assertThat(roll.isComplete()).isFalse();
        assertThat(roll.progress()).isEqualTo("gather 1/1, score-a 1/2");

        roll.take(Control.answer("fraud", publication, 1, "score-a", 0, 2, null));

        assertThat(roll.isComplete()).isTrue();
        assertThat(roll.problem()).isNull();
    }

    @Test
    void rollCall_saysWhoCannotLoadIt() {
        RollCall roll = new RollCall("p", List.of("score"));
        assertThat(roll.progress()).isEqualTo("score 0/?");
        roll.take(Control.answer("fraud", new Publication("p", 2, new byte[0]), 1, "score", 0, 2, "no such file"));

        assertThat(roll.problem()).isEqualTo("score 1/2: no such file");
        assertThat(roll.isComplete()).isFalse();
    }

    @Test
    void key_letsALaterRecordReplaceAnEarlier() {
        Publication publication = new Publication("p", 2, new byte[0]);
        assertThat(part("p", 2, 1, 3, "x").key()).isEqualTo("fraud/p/bundle/1");
        assertThat(Control.answer("fraud", publication, 1, "score", 1, 2, null).key())
                .isEqualTo("fraud/p/answer/score/1");
        assertThat(decided("p", null).key()).isEqualTo("fraud/p/decision");
    }
}
