package io.tributary.app.command;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.MemberSpec;
import io.tributary.core.spec.SpecException;
import io.tributary.core.spec.SpecParser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a spec in which a shadow has its place: all else stays as it was written, comments too. */
final class Promotion {

    private static final Pattern SHADOW_ALONE = Pattern.compile("\\s*shadow:\\s*true\\s*(#.*)?");
    private static final Pattern SHADOW_FIRST = Pattern.compile("shadow:\\s*true\\s*,\\s*");
    private static final Pattern SHADOW_LATER = Pattern.compile("\\s*,\\s*shadow:\\s*true");
    private static final Pattern VERSION = Pattern.compile("^version:\\s*\\d+");

    private Promotion() {}

    /**
     * Promotes a member.
     *
     * @param yaml the text of the spec
     * @throws UserError if there is no such shadow, or the text is written in a way that is not understood
     */
    static String of(String yaml, EnsembleSpec spec, String name) {
        MemberSpec member = spec.members().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserError(name + " is no member of " + spec.file() + ", which has "
                        + String.join(", ", spec.memberNames())));
        if (member.standing() != MemberSpec.Standing.SHADOW) {
            throw new UserError(name + " is no shadow in " + spec.file()
                    + ": it has its place already; only members with shadow: true can be promoted");
        }
        List<String> lines = new ArrayList<>(List.of(yaml.split("\n", -1)));
        boolean edited = withoutShadow(lines, member.line() - 1, endOf(member, spec, lines.size()));
        withNextVersion(lines, spec.version() + 1);
        String promoted = String.join("\n", lines);
        if (!edited || !isPromoted(promoted, spec, name)) {
            throw new UserError("the shadow of " + name + " cannot be taken out of " + spec.file() + ":" + member.line()
                    + " automatically; take out shadow: true there, raise version, and publish the spec");
        }
        return promoted;
    }

    private static int endOf(MemberSpec member, EnsembleSpec spec, int end) {
        return spec.members().stream()
                .mapToInt(other -> other.line() - 1)
                .filter(line -> line >= member.line())
                .min()
                .orElse(end);
    }

    private static boolean withoutShadow(List<String> lines, int from, int to) {
        for (int i = from; i < to; i++) {
            if (SHADOW_ALONE.matcher(lines.get(i)).matches()) {
                lines.remove(i);
                return true;
            }
            for (Pattern within : List.of(SHADOW_FIRST, SHADOW_LATER)) {
                Matcher matcher = within.matcher(lines.get(i));
                if (matcher.find()) {
                    lines.set(i, matcher.replaceFirst(""));
                    return true;
                }
            }
        }
        return false;
    }

    private static void withNextVersion(List<String> lines, int version) {
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = VERSION.matcher(lines.get(i));
            if (matcher.find()) {
                lines.set(i, matcher.replaceFirst("version: " + version));
                return;
            }
        }
        lines.add(0, "version: " + version);
    }

    private static boolean isPromoted(String yaml, EnsembleSpec before, String name) {
        try {
            EnsembleSpec after = SpecParser.parse(yaml, before.file());
            List<String> shadows = new ArrayList<>(before.shadows());
            shadows.remove(name);
            return after.version() == before.version() + 1
                    && after.shadows().equals(shadows)
                    && after.memberNames().equals(before.memberNames());
        } catch (SpecException e) {
            return false;
        }
    }
}
