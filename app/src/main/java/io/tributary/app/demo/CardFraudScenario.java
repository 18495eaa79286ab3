package io.tributary.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** {@link CardTransactions} for {@code examples/fraud}. */
final class CardFraudScenario implements Scenario {

    @Override
    public String name() {
        return "fraud";
    }

    @Override
    public String events() {
        return "card payments";
    }

    @Override
    public String story() {
        return "labels come a week late, habits change halfway";
    }

    @Override
    public String change() {
        return "habits changed";
    }

    @Override
    public Duration labelDelay() {
        return CardTransactions.LABEL_DELAY;
    }

    @Override
    public Stream stream(long seed, int events, OptionalDouble driftAt) {
        CardTransactions.Config plain = CardTransactions.Config.of(seed, events);
        CardTransactions.Config config = driftAt.isPresent() ? plain.withDriftAt(driftAt.getAsDouble()) : plain;
        return new Stream() {
            @Override
            public Iterator<Simulated> events() {
                Iterator<Transaction> payments = CardTransactions.stream(config);
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return payments.hasNext();
                    }

                    @Override
                    public Simulated next() {
                        return simulated(payments.next());
                    }
                };
            }

            @Override
            public long changeMillis() {
                return config.driftTimeMillis();
            }

            @Override
            public long writeCsv(Path file, LongConsumer written) throws IOException {
                return TransactionsCsv.write(CardTransactions.stream(config), file, written);
            }
        };
    }

    private static Simulated simulated(Transaction payment) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("transaction_id", payment.id());
        fields.put("tx_datetime", payment.eventTimeMillis());
        fields.put("customer_id", payment.customerId());
        fields.put("terminal_id", payment.terminalId());
        for (int i = 0; i < CardTransactions.COLUMNS.size(); i++) {
            fields.put(CardTransactions.COLUMNS.get(i), payment.features()[i]);
        }
        return new Simulated(payment.id(), payment.eventTimeMillis(), fields, payment.fraud() ? 1 : 0);
    }
}
