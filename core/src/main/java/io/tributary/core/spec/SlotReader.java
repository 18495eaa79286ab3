package io.tributary.core.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the {@code slots} mapping: from each slot group's name to its resources and members. */
final class SlotReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** The heap of a slot that asks for none. */
    private static final long HEAP = 256L << 20;

    private final List<MemberSpec> members;
    private final Map<String, String> groupOf = new HashMap<>();

    private SlotReader(List<MemberSpec> members) {
        this.members = members;
    }

    static Slots read(Section root, List<MemberSpec> members) {
        return root.has("slots") ? new SlotReader(members).slots(root, root.section("slots")) : Slots.one(members);
    }

    private Slots slots(Section root, Section slots) {
        Slots.Resources pipeline = null;
        List<SlotGroup> groups = new ArrayList<>();
        for (String name : slots.keys()) {
            if (!NAME.matcher(name).matches()) {
                slots.problem(name, "is no name for a slot group: use 1 to 32 lower-case letters, digits and dashes");
            }
            Section slot = slots.section(name);
            Slots.Resources resources = resources(slot);
            if (name.equals(Slots.PIPELINE)) {
                pipeline = resources;
                rejectInPipeline(slot, resources);
            } else {
                groups.add(new SlotGroup(name, resources, membersOf(name, slot)));
            }
            slot.rejectUnknownKeys();
        }
        if (!slots.isBroken()) {
            requireEveryMember(root);
        }
        if (groups.size() == 1 && pipeline != null) {
            slots.problem(Slots.PIPELINE, "goes with several slot groups; with one, everything runs in its slot");
        }
        return groups.isEmpty()
                ? Slots.one(members)
                : new Slots(groups.size() == 1 || pipeline != null ? pipeline : plain(), List.copyOf(groups));
    }

    private static void rejectInPipeline(Section slot, Slots.Resources resources) {
        if (slot.has("members")) {
            slot.problem("members", "cannot be in the pipeline's slot, which decodes, gathers and fuses; name a group");
        }
        if (resources.gpu() != Slots.Gpu.NONE) {
            slot.problem("gpu", "is no use to the pipeline, in which no model runs; remove it");
        }
    }

    private List<String> membersOf(String group, Section slot) {
        List<String> named = slot.strings("members");
        if (named.isEmpty()) {
            slot.problem("members", "is empty or missing; list the members that run in this slot");
        }
        List<String> known = members.stream().map(MemberSpec::name).toList();
        for (String member : named) {
            String other = groupOf.putIfAbsent(member, group);
            if (!known.contains(member)) {
                slot.problem(
                        "members",
                        "names " + Problems.shown(member) + ", which is no member" + Spelling.hint(member, known));
            } else if (other != null) {
                slot.problem(
                        "members",
                        "names " + member + ", which is in slots." + other
                                + " already; a member runs in one slot group");
            }
        }
        return known.stream().filter(named::contains).toList();
    }

    private void requireEveryMember(Section root) {
        for (MemberSpec member : members) {
            if (!groupOf.containsKey(member.name())) {
                root.problem("slots", "has no group for the member " + member.name() + "; put it in one");
            }
        }
    }

    private static Slots.Resources resources(Section slot) {
        return new Slots.Resources(
                slot.number("cpu", 1, v -> v > 0 && v <= 1024, "above 0 and at most 1024"),
                slot.size("heap", HEAP),
                slot.size("offHeap", 0),
                slot.size("managed", 0),
                gpu(slot));
    }

    /** What a slot in which no member runs gets by itself. */
    private static Slots.Resources plain() {
        return new Slots.Resources(1, HEAP, 0, 0, Slots.Gpu.NONE);
    }

    /** Flink gives every slot of a task manager all of its GPUs, so more than one would mean nothing. */
    private static Slots.Gpu gpu(Section slot) {
        return switch (slot.choice("gpu", "0", List.of("0", "1", "preferred"))) {
            case "1" -> Slots.Gpu.REQUIRED;
            case "preferred" -> Slots.Gpu.PREFERRED;
            default -> Slots.Gpu.NONE;
        };
    }
}
