package io.tributary.dashboard.serve;

/** Says why an event's prediction is what it is. */
@FunctionalInterface
public interface Explainer {

    /**
     * The explanation of the newest prediction for an event, as a JSON object.
     *
     * @throws NotExplainedException if there is none to be had, in words for the one who asks
     */
    String explain(String eventId) throws NotExplainedException, InterruptedException;

    /** Why there is no explanation. */
    final class NotExplainedException extends Exception {

        private static final long serialVersionUID = 1L;

        /** With what to tell the one who asks. */
        public NotExplainedException(String message) {
            super(message);
        }
    }
}
