/** The figures of a run: live on the terminal, at the end as a table, and as JSON. */
@NullMarked
package io.tributary.app.report;

import org.jspecify.annotations.NullMarked;
