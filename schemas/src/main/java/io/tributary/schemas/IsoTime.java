package io.tributary.schemas;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time as text: ISO 8601, with a blank or a T before the time of day, in UTC where no offset is given. */
public final class IsoTime {

    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private IsoTime() {}

    /** The time as epoch milliseconds; null if the text is none. */
    public static @Nullable Long parse(String text) {
        try {
            TemporalAccessor parsed =
                    FORM.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (parsed instanceof OffsetDateTime time) {
                return time.toInstant().toEpochMilli();
            }
            LocalDateTime time = parsed instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(parsed);
            return time.toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
