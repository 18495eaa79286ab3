package io.tributary.benchmarks.micro;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One method that JMH calls again and again.
 *
 * @param label what it does, different for each
 * @param benchmark the class that it is of
 * @param method its name there
 * @param parameters of the class, by name, as text; of those that are left out JMH takes all values, one after another
 * @param baseline what its time is compared with; null for nothing
 */
record Call(
        String label,
        Class<?> benchmark,
        String method,
        Map<String, String> parameters,
        @Nullable Call baseline) {

    /** Copies. */
    Call {
        parameters = Map.copyOf(parameters);
    }

    /** A call that is compared with nothing. */
    Call(String label, Class<?> benchmark, String method, Map<String, String> parameters) {
        this(label, benchmark, method, parameters, null);
    }

    /** A regular expression that JMH finds this method by, and no other. */
    String pattern() {
        return "^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$";
    }
}
