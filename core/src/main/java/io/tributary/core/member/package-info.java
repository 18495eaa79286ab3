/** What a member is: the interface that models and rules implement, and the batches they score. */
@NullMarked
package io.tributary.core.member;

import org.jspecify.annotations.NullMarked;
