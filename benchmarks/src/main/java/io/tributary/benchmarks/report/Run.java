package io.tributary.benchmarks.report;

import java.time.LocalDate;

/**
 * What stands at the head of all results.
 *
 * @param command as it was typed
 * @param date the day
 * @param machine what it ran on
 */
public record Run(String command, LocalDate date, Machine machine) {}
