/** The Avro contracts: how core's records look on the wire, in the Confluent format, with a schema registry behind it. */
@NullMarked
package io.tributary.schemas;

import org.jspecify.annotations.NullMarked;
