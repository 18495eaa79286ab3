package io.tributary.members;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.tributary.core.prepare.PreparationException;
import io.tributary.core.prepare.TextEncoder;
import io.tributary.core.spec.FeatureSpec;

/**
 * An open tokenizer. It asks the native library for a text's ids alone: DJL's HuggingFaceTokenizer fetches every token's
 * text, span and masks, too, which takes as long again and a hundred objects a text.
 */
final class Tokenizer implements TextEncoder {

    private final TokenizersLibrary library;
    private final long handle;
    private final FeatureSpec.Tokens feature;
    private boolean closed;

    /** Takes over the native tokenizer, which cuts off and, unless the feature states a pad, fills up to its length. */
    Tokenizer(TokenizersLibrary library, long handle, FeatureSpec.Tokens feature) {
        this.library = library;
        this.handle = handle;
        this.feature = feature;
    }

    @Override
    public void encode(String text, float[] row, int at) {
        if (closed) {
            throw new IllegalStateException("the tokenizer of feature " + feature.name() + " is closed");
        }
        long[] ids = ids(text);
        int length = feature.length();
        if (ids.length > length || ids.length < length && feature.pad() < 0) {
            throw new PreparationException(
                    TokenizerFactory.about(feature) + " makes " + ids.length + " tokens of a text" + " where " + length
                            + " were asked for; set pad, so that it need not fill up itself");
        }
        for (int i = 0; i < length; i++) {
            row[at + i] = i < ids.length ? ids[i] : feature.pad();
        }
    }

    private long[] ids(String text) {
        long encoding;
        try {
            encoding = library.encode(handle, text, true);
        } catch (RuntimeException e) {
            throw new PreparationException(
                    TokenizerFactory.about(feature) + " cannot split the text: " + Failures.reason(e)
                            + "; give its model a token for what it does not know",
                    e);
        }
        try {
            return library.getTokenIds(encoding);
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            library.deleteTokenizer(handle);
        }
    }
}
