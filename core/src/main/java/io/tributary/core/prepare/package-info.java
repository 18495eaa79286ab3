/** What becomes of a record's fields before members see them, where a spec's words alone do not do it. */
@NullMarked
package io.tributary.core.prepare;

import org.jspecify.annotations.NullMarked;
