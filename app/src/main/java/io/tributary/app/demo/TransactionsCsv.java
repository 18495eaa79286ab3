package io.tributary.app.demo;

import io.tributary.app.csv.CsvFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Payments as comma-separated values; no value needs quoting. */
final class TransactionsCsv {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TransactionsCsv() {}

    static long write(Iterator<Transaction> transactions, Path file, LongConsumer written) throws IOException {
        try (Writer out = CsvFiles.writer(file)) {
            out.write("transaction_id,tx_datetime,customer_id,terminal_id,");
            out.write(String.join(",", CardTransactions.COLUMNS));
            out.write(",tx_fraud\n");
            StringBuilder line = new StringBuilder();
            long count = 0;
            for (; transactions.hasNext(); written.accept(++count)) {
                line.setLength(0);
                append(transactions.next(), line);
                out.append(line);
            }
            return count;
        }
    }

    private static void append(Transaction transaction, StringBuilder line) {
        line.append(transaction.id()).append(',');
        TIME.formatTo(Instant.ofEpochMilli(transaction.eventTimeMillis()), line);
        line.append(',').append(transaction.customerId());
        line.append(',').append(transaction.terminalId());
        for (double feature : transaction.features()) {
            line.append(',');
            long whole = (long) feature;
            if (whole == feature) {
                line.append(whole);
            } else {
                line.append(feature);
            }
        }
        line.append(',').append(transaction.fraud() ? 1 : 0).append('\n');
    }
}
