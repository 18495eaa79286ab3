/** What has been measured, and how it is written down: tables, JSON and charts. */
@NullMarked
package io.tributary.benchmarks.report;

import org.jspecify.annotations.NullMarked;
