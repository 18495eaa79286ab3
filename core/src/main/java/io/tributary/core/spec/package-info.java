/** The spec of an ensemble, parsed once from YAML into immutable records with every problem reported at its line. */
@NullMarked
package io.tributary.core.spec;

import org.jspecify.annotations.NullMarked;
