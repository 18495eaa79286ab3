package io.tributary.test;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.Configuration;

/** What tells a TaskManager of as many GPUs as it is configured with, in the words of Flink's own driver. */
public final class FakeGpus implements ExternalResourceDriverFactory {

    @Override
    public ExternalResourceDriver createExternalResourceDriver(Configuration configuration) {
        return new Driver();
    }

    /** GPUs 0, 1, and so on. */
    public static final class Driver implements ExternalResourceDriver {

        @Override
        public Set<? extends ExternalResourceInfo> retrieveResourceInfo(long amount) {
            Set<Gpu> gpus = new HashSet<>();
            for (int i = 0; i < amount; i++) {
                gpus.add(new Gpu(Integer.toString(i)));
            }
            return gpus;
        }
    }

    /** One that does not exist. */
    public record Gpu(String index) implements ExternalResourceInfo {

        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(index) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return List.of("index");
        }
    }
}
