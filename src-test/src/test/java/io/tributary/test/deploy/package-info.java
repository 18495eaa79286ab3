/** What the folder {@code deploy} holds fits the code and the published models of what it is written for. */
package io.tributary.test.deploy;
