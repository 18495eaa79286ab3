package io.tributary.core.member;

import io.tributary.core.Sha256;
import io.tributary.core.spec.MemberSpec;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** What tells one version of a member from another. */
public final class Checksums {

    private static final byte[] UNKNOWN = {};

    private Checksums() {}

    /**
     * The checksum of each member: the SHA-256 of its model's file, of rules that of their text, in 32 bytes. Where the spec
     * fixes it, no other file would be opened, and it need not be here. Else it is empty where the file cannot be read,
     * which whoever opens the member will say.
     */
    public static byte[][] of(List<MemberSpec> members) {
        return members.stream().map(Checksums::of).toArray(byte[][]::new);
    }

    private static byte[] of(MemberSpec member) {
        Path model = member.model();
        if (model == null) {
            return bytes(Sha256.hex(text(member).getBytes(StandardCharsets.UTF_8)));
        }
        if (member.sha256() != null) {
            return bytes(member.sha256());
        }
        try {
            return Files.isRegularFile(model) ? bytes(Sha256.hex(model)) : UNKNOWN;
        } catch (UncheckedIOException e) {
            return UNKNOWN;
        }
    }

    /** One line a rule, in order, so that where it stands in the spec and how it is indented plays no role. */
    private static String text(MemberSpec member) {
        StringBuilder text = new StringBuilder();
        for (MemberSpec.Rule rule : member.rules()) {
            text.append("when ")
                    .append(rule.when())
                    .append(" score ")
                    .append(text(rule.score()))
                    .append('\n');
        }
        return text.append("otherwise ").append(text(member.otherwise())).toString();
    }

    private static String text(MemberSpec.Score score) {
        return score.expression() == null ? Double.toString(score.constant()) : score.expression();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
