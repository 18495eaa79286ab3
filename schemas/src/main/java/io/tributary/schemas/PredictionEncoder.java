package io.tributary.schemas;

import io.tributary.core.predict.Fused;
import io.tributary.core.predict.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what was fused, into arrays that are used again. What the predictions of a segment have in common between two
 * versions of the weights is encoded once. Not for several threads.
 */
public final class PredictionEncoder {

    private static final byte[] OPEN_HEADER = new byte[WireFormat.HEADER_BYTES];

    private final ArrayEncoder out = new ArrayEncoder();
    private final ReusedArrays values = new ReusedArrays();
    private final Map<Terms, PredictionLayout> layouts = new WeakHashMap<>();
    private @Nullable Terms last;
    private @Nullable PredictionLayout ofLast;

    /**
     * Encodes what became of an event.
     *
     * @return to be used before the next one is encoded, which may be written into the same array
     */
    public EncodedPrediction encode(Fused fused) {
        byte[] id = fused.event().id().getBytes(StandardCharsets.UTF_8);
        out.reset(OPEN_HEADER);
        try {
            layout(fused.terms()).write(fused, id, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EncodedPrediction(id, out.toBytes(values), fused.event().trace());
    }

    private PredictionLayout layout(Terms terms) {
        if (ofLast == null || last != terms) {
            last = terms;
            ofLast = layouts.computeIfAbsent(terms, PredictionLayout::new);
        }
        return ofLast;
    }
}
