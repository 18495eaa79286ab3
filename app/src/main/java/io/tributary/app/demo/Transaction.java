package io.tributary.app.demo;

/**
 * One simulated card payment, what was known when it was made, and the truth about it.
 *
 * @param id unique within a stream; streams of different seeds have different ids
 * @param eventTimeMillis when the payment was made, epoch milliseconds, whole seconds
 * @param customerId the card holder
 * @param terminalId the terminal that took the payment
 * @param features in the order of {@link CardTransactions#COLUMNS}; never NaN
 * @param fraud whether the payment is fraudulent, which nobody knows until later
 */
public record Transaction(
        String id, long eventTimeMillis, String customerId, String terminalId, double[] features, boolean fraud) {}
