/** What each sub-command does, and how it ends. */
@NullMarked
package io.tributary.app.command;

import org.jspecify.annotations.NullMarked;
