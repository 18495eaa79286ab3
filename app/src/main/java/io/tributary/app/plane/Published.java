package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.core.control.Publication;
import io.tributary.core.control.Publications;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.scoring.ControlTopic;
import io.tributary.scoring.SpecBundle;
import java.io.IOException;

/** Which version of an ensemble's spec was published last. */
public final class Published {

    private Published() {}

    /**
     * The newer of a spec and the version that was published last; its topics exist.
     *
     * @throws UserError if the published version cannot be unpacked
     */
    public static EnsembleSpec newest(EnsembleSpec spec) {
        Publications publications = new Publications(spec.ensemble());
        try (ControlTopic control = new ControlTopic(spec)) {
            control.readToEnd(publications::take);
        }
        Publication committed = publications.committed();
        return committed != null && committed.version() > spec.version() ? unpacked(committed, spec) : spec;
    }

    /** The spec in a publication, against the broker and registry of another version of it. */
    static EnsembleSpec unpacked(Publication publication, EnsembleSpec other) {
        try {
            return SpecBundle.unpack(publication.bundle()).at(other.kafka(), other.registry());
        } catch (IOException e) {
            throw new UserError(
                    "version " + publication.version() + " of " + other.ensemble() + ", published as "
                            + publication.id() + ", cannot be unpacked: " + e.getMessage() + "; publish it again",
                    e);
        }
    }
}
