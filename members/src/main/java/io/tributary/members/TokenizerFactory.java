package io.tributary.members;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.tributary.core.prepare.PreparationException;
import io.tributary.core.prepare.TextEncoder;
import io.tributary.core.prepare.TextEncoderFactory;
import io.tributary.core.spec.FeatureSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * Opens tokenizers in the format of Hugging Face's {@code tokenizer.json} with the library that made them, which DJL
 * brings for Linux. The file alone decides: its normaliser, its model and the special tokens that it adds. What it says of
 * truncation does not count, since the spec states the length; special tokens are kept when a text is cut off.
 */
public final class TokenizerFactory implements TextEncoderFactory {

    /** What the library says of a file without a padding section. */
    private static final String NO_PADDING = "DO_NOT_PAD";

    @Override
    public TextEncoder open(FeatureSpec.Tokens feature) {
        DjlSettings.apply();
        TokenizersLibrary library = library(feature);
        long handle = load(library, feature);
        try {
            int length = feature.length();
            int added = addedTokens(library, handle);
            if (length <= added) {
                throw new PreparationException(about(feature) + " adds " + added
                        + " special tokens to every text, and length is " + length + "; set length to more than that");
            }
            library.setTruncation(handle, length, "LONGEST_FIRST", 0);
            if (feature.pad() >= 0) {
                library.disablePadding(handle);
            } else if (library.getPaddingStrategy(handle).equals(NO_PADDING)) {
                throw new PreparationException(
                        about(feature)
                                + " has no padding section; set pad to the id of the token that short texts are filled up with");
            } else {
                library.setPadding(handle, length, "MAX_LENGTH", 0);
            }
            return new Tokenizer(library, handle, feature);
        } catch (RuntimeException e) {
            library.deleteTokenizer(handle);
            throw e;
        }
    }

    private static TokenizersLibrary library(FeatureSpec.Tokens feature) {
        try {
            LibUtils.checkStatus();
            return TokenizersLibrary.LIB;
        } catch (RuntimeException | LinkageError e) {
            throw new PreparationException(
                    "feature " + feature.name() + " needs the tokenizers library, which does not start here: "
                            + Failures.reason(e)
                            + "; it runs on Linux, x86-64, and needs a folder that it may write its libraries to",
                    e);
        }
    }

    private static long load(TokenizersLibrary library, FeatureSpec.Tokens feature) {
        try {
            return library.createTokenizerFromString(
                    Files.readString(feature.tokenizer().path(), StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            throw new PreparationException(
                    about(feature) + " cannot be read as a tokenizer: " + Failures.reason(e)
                            + "; save it with the tokenizers library, as tokenizer.json",
                    e);
        }
    }

    /** How many tokens a text has that says nothing, apart from those that fill up. */
    private static int addedTokens(TokenizersLibrary library, long handle) {
        long encoding = library.encode(handle, "", true);
        try {
            return (int) Arrays.stream(library.getAttentionMask(encoding)).sum();
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    /** How messages about a feature's tokenizer begin. */
    static String about(FeatureSpec.Tokens feature) {
        return "feature " + feature.name() + ": " + feature.tokenizer().path();
    }
}
