package io.tributary.benchmarks.pipeline;

import java.nio.file.Path;

/**
 * A way from one topic to another. It is run in the measured JVM, reads its topic from the beginning and writes at least
 * once, with the clients' default settings; it goes on until it is closed. One file each.
 */
interface Pipeline {

    /**
     * Starts it, without waiting until it runs.
     *
     * @param temporary a folder for what need not last
     */
    Running start(PipelineCase what, Path temporary) throws Exception;

    /** A pipeline that has been started. */
    interface Running extends AutoCloseable {

        /** Fails if the pipeline has failed or has ended. */
        void check() throws Exception;

        /** Stops it and waits until its threads are gone. */
        @Override
        void close() throws Exception;
    }
}
