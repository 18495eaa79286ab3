package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.core.Prediction;
import io.tributary.core.member.MissingReason;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.MemberSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The members of the version that scores, and whether each of them answers; until something was scored, those of a spec. */
final class Members {

    private static final int SHOWN_DIGITS = 7;

    private final Names places;
    private Map<String, Member> members = new LinkedHashMap<>();
    private @Nullable Integer version;

    private static final class Member {
        private final String name;
        private final Answers answers = new Answers();
        private boolean shadow;
        private byte @Nullable [] model;
        private @Nullable String shownModel;

        private Member(String name) {
            this.name = name;
        }

        private void model(byte[] checksum) {
            if (!Arrays.equals(checksum, model)) {
                model = checksum;
                shownModel =
                        checksum.length == 0 ? null : shortened(HexFormat.of().formatHex(checksum));
            }
        }
    }

    /** Something about a member that is not as it should be. */
    record Concern(String member, boolean shadow, String words) {}

    Members(EnsembleSpec spec, Names places) {
        this.places = places;
        for (MemberSpec each : spec.members()) {
            Member member = new Member(each.name());
            member.shadow = each.standing() == MemberSpec.Standing.SHADOW;
            member.shownModel = each.sha256() == null ? null : shortened(each.sha256());
            members.put(each.name(), member);
        }
    }

    void take(Prediction prediction, long atMillis) {
        int its = prediction.specVersion();
        if (version != null && its < version) {
            return;
        }
        if (version == null || its > version || !members.keySet().containsAll(List.of(prediction.members()))) {
            become(prediction);
        }
        List<String> shadows = List.of(prediction.recipe().shadows());
        long[] took = prediction.latencies() == null
                ? new long[0]
                : prediction.latencies().tookMicros();
        for (int k = 0; k < prediction.members().length; k++) {
            Member member = members.get(prediction.members()[k]);
            if (member != null) {
                member.shadow = shadows.contains(member.name);
                member.model(prediction.checksums()[k]);
                member.answers.take(atMillis, prediction.missing()[k], k < took.length ? took[k] : -1);
            }
        }
    }

    /** Another version of the spec has taken over. */
    private void become(Prediction prediction) {
        version = prediction.specVersion();
        Map<String, Member> next = new LinkedHashMap<>();
        for (int k = 0; k < prediction.members().length; k++) {
            String name = prediction.members()[k];
            Member member = members.getOrDefault(name, new Member(name));
            next.put(name, member);
        }
        members = next;
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, Math.min(SHOWN_DIGITS, checksum.length()));
    }

    /** The version of the spec that scores; null before the first prediction, for the spec at hand may be newer. */
    @Nullable
    Integer version() {
        return version;
    }

    /** Who does not answer, is not asked or answers little. */
    List<Concern> concerns() {
        List<Concern> concerns = new ArrayList<>();
        for (Member each : members.values()) {
            if (each.answers.isSilent()) {
                concerns.add(new Concern(each.name, each.shadow, each.name + " answers nothing: " + why(each)));
            }
        }
        return concerns;
    }

    private static String why(Member member) {
        String reason = member.answers.newestReason();
        return reason == null ? "" : MissingReason.words(reason);
    }

    /**
     * The members in their order.
     *
     * @param weights the newest; null if there are none
     * @param loss a scorer's loss so far
     */
    ArrayNode json(boolean swapping, @Nullable WeightsSaid weights, ToDoubleFunction<String> loss) {
        ArrayNode json = Json.NODES.arrayNode();
        for (Member each : members.values()) {
            int place = places.place(each.name);
            ObjectNode one = json.addObject().put("name", each.name).put("slot", place);
            one.put("state", state(each, swapping)).put("silent", each.answers.isSilent());
            one.put("why", each.answers.newestReason() == null ? null : why(each));
            Json.put(one, "weight", weights == null || each.shadow ? Double.NaN : weights.of(place));
            Json.put(one, "loss", loss.applyAsDouble(each.name));
            Json.put(one, "answered", each.answers.share());
            Json.put(one, "took", each.answers.tookMillis());
            one.put("checksum", each.shownModel).put("version", version);
        }
        return json;
    }

    private static String state(Member member, boolean swapping) {
        if (swapping) {
            return "swapping";
        }
        if (!member.answers.isKnown()) {
            return "waiting";
        }
        if (member.answers.isPutAside()) {
            return "put aside";
        }
        return member.answers.isAbstaining() ? "abstains" : member.shadow ? "shadow" : "live";
    }
}
