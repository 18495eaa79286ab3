package io.tributary.core.spec;

import static io.tributary.core.spec.SpecParserTest.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code slots} of a spec: which members run side by side, and with what. */
class SlotsTest {

    private static final String MEMBERS = SpecRulesTest.RIGHT;

    private static Slots slots(String lines) {
        return SpecParser.parse(MEMBERS + lines, Path.of("test.yaml")).slots();
    }

    @Test
    void specWithoutSlots_hasOneGroupOfAllMembers() {
        assertThat(slots("")).isEqualTo(new Slots(null, List.of(new SlotGroup("score", null, List.of("a", "b")))));
        assertThat(slots("").isApart()).isFalse();
    }

    @Test
    void groups_haveTheirResourcesAndMembers_inTheOrderOfTheSpec() {
        Slots slots = slots("""
                slots:
                  pipeline: {cpu: 0.5, heap: 1g}
                  gpu-a: {gpu: 1, cpu: 2, heap: 512m, offHeap: 2g, managed: 64m, members: [b]}
                  rest: {gpu: preferred, members: [a]}
                """);

        assertThat(slots)
                .isEqualTo(new Slots(
                        new Slots.Resources(0.5, 1L << 30, 0, 0, Slots.Gpu.NONE),
                        List.of(
                                new SlotGroup(
                                        "gpu-a",
                                        new Slots.Resources(2, 512L << 20, 2L << 30, 64L << 20, Slots.Gpu.REQUIRED),
                                        List.of("b")),
                                new SlotGroup(
                                        "rest",
                                        new Slots.Resources(1, 256L << 20, 0, 0, Slots.Gpu.PREFERRED),
                                        List.of("a")))));
        assertThat(slots.isApart()).isTrue();
    }

    @Test
    void groupsThatPreferAGpu_areSettledByName() {
        EnsembleSpec spec = SpecParser.parse(
                MEMBERS + "slots: {x: {gpu: preferred, members: [a]}, y: {gpu: preferred, members: [b]}}",
                Path.of("test.yaml"));
        assertThat(spec.slots().onGpu()).isEmpty();
        assertThat(spec.slots().preferringGpu()).extracting(SlotGroup::name).containsExactly("x", "y");

        Slots settled = spec.onGpu(Set.of("y")).slots();

        assertThat(settled.onGpu()).containsExactly("y");
        assertThat(settled.preferringGpu()).isEmpty();
        assertThat(settled.groups().get(0).needsGpu()).isFalse();
    }

    @Test
    void groupThatNeedsAGpu_needsItHoweverOthersAreSettled() {
        EnsembleSpec spec = SpecParser.parse(MEMBERS + "slots: {x: {gpu: 1, members: [a, b]}}", Path.of("test.yaml"));
        assertThat(spec.onGpu(Set.of()).slots().onGpu()).containsExactly("x");
    }

    @Test
    void membersOfAGroup_areInTheOrderOfTheSpec() {
        assertThat(slots("slots: {all: {members: [b, a]}}").groups().get(0).members())
                .containsExactly("a", "b");
    }

    @Test
    void specOfOneGroup_hasItsMembersAlone() {
        EnsembleSpec spec =
                SpecParser.parse(MEMBERS + "slots: {x: {members: [b]}, y: {members: [a]}}", Path.of("test.yaml"));

        assertThat(spec.only(spec.slots().groups().get(0)).memberNames()).containsExactly("b");
        assertThat(spec.only(spec.slots().groups().get(0)).features()).isEqualTo(spec.features());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            slots: {x: {members: [a]}} | slots has no group for the member b; put it in one
            slots: {x: {members: [a, b]}, y: {members: [b]}} | slots.y.members names b, which is in slots.x already; a member runs in one slot group
            slots: {x: {members: [a, b, bb]}} | slots.x.members names bb, which is no member; known are a, b
            slots: {x: {members: [a, b]}, y: {cpu: 1}} | slots.y.members is empty or missing; list the members that run in this slot
            slots: {X: {members: [a, b]}} | slots.X is no name for a slot group: use 1 to 32 lower-case letters, digits and dashes
            slots: {x: {members: [a, b], gpu: 2}} | slots.x.gpu is 2, must be one of 0, 1, preferred
            slots: {x: {members: [a, b], heap: much}} | slots.x.heap is much, must be a size such as 64m or 2g
            slots: {x: {members: [a, b], cpu: 0}} | slots.x.cpu is 0, must be above 0 and at most 1024
            slots: {x: {members: [a, b]}, pipeline: {cpu: 1}} | slots.pipeline goes with several slot groups; with one, everything runs in its slot
            slots: {x: {members: [a]}, y: {members: [b]}, pipeline: {gpu: 1}} | slots.pipeline.gpu is no use to the pipeline, in which no model runs; remove it
            slots: {x: {members: [a]}, y: {members: [b]}, pipeline: {members: [b]}} | slots.pipeline.members cannot be in the pipeline's slot, which decodes, gathers and fuses; name a group
            slots: {x: {members: [a, b], ram: 1g}} | slots.x.ram is not a key of the spec
            """)
    void brokenRule_isReported(String line, String problem) {
        assertThat(problemsOf(MEMBERS + line))
                .anySatisfy(
                        found -> assertThat(found.toString()).contains(":11: ").contains(problem));
    }
}
