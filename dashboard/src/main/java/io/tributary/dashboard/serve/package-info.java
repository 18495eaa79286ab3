/** The dashboard's web server. */
@NullMarked
package io.tributary.dashboard.serve;

import org.jspecify.annotations.NullMarked;
