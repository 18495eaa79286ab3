package io.tributary.members;

import java.util.Map;

/**
 * How DJL's engines run here. DJL reads these from system properties when an engine starts, so they hold for the whole
 * process; a property that is set already is left alone.
 */
final class DjlSettings {

    private static final Map<String, String> PROPERTIES = Map.of(
            // Natives come from jars. Nothing is downloaded, and nobody is told that DJL runs.
            "ai.djl.offline", "true",
            "OPT_OUT_TRACKING", "true",
            // Members run side by side, a thread each: more threads in each model would only fight for the cores.
            "ai.djl.pytorch.num_threads", "1",
            "ai.djl.pytorch.num_interop_threads", "1",
            // The optimiser compiles during the first calls, and again for batches of another size: late first answers.
            "ai.djl.pytorch.graph_optimizer", "false");

    private DjlSettings() {}

    /** Sets what is not set yet. */
    static void apply() {
        PROPERTIES.forEach(System.getProperties()::putIfAbsent);
    }
}
