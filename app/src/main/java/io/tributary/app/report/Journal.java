package io.tributary.app.report;

/** Told how a long piece of work goes, for people. */
public interface Journal {

    /** Something is done. */
    void done(String what);

    /**
     * Something begins that takes a while. Its gauge is to be closed before anything else is said.
     *
     * @param what what is counted, such as {@code rows}
     * @param total how many there are to do, from 0
     */
    Gauge begin(String what, long total);

    /** Told how far something has come; safe for several threads. */
    interface Gauge extends AutoCloseable {

        /** So many are done; cheap enough to be told of each. */
        void at(long done);

        @Override
        void close();
    }

    /** One that nobody reads. */
    Journal SILENT = new Journal() {
        @Override
        public void done(String what) {}

        @Override
        public Gauge begin(String what, long total) {
            return new Gauge() {
                @Override
                public void at(long done) {}

                @Override
                public void close() {}
            };
        }
    };
}
