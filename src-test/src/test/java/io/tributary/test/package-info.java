/** Tests of the whole: both planes against a real broker and registry, the command as a process, and the module rules. */
package io.tributary.test;
