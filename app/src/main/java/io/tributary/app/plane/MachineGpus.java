package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The GPUs of this machine, for a scoring plane in this process: its Flink has no external resources. */
public final class MachineGpus {

    private static final Path DEVICES = Path.of("/dev");
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    private MachineGpus() {}

    /** The indices under which CUDA knows the GPUs of NVIDIA's driver here; none where there is no such driver. */
    static Set<Integer> indices() {
        return indices(DEVICES, System.getenv(VISIBLE));
    }

    /**
     * The same for given devices.
     *
     * @param devices the folder with the driver's devices, a file {@code nvidiaN} for each GPU
     * @param visible which of them CUDA shall see, with commas; it counts those from 0. Null for all.
     */
    static Set<Integer> indices(Path devices, @Nullable String visible) {
        int count = 0;
        if (Files.isDirectory(devices)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(devices, "nvidia[0-9]*")) {
                for (Path each : found) {
                    count += each.getFileName().toString().matches("nvidia\\d+") ? 1 : 0;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + devices, e);
            }
        }
        if (visible != null) {
            // CUDA leaves out all from the first that there is not.
            long shown = List.of(visible.split(",")).stream()
                    .map(String::strip)
                    .takeWhile(each -> !each.isEmpty() && !each.startsWith("-"))
                    .count();
            count = (int) Math.min(count, shown);
        }
        return IntStream.range(0, count).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Settles which slot groups run on a GPU: all that need or prefer one, where there is one.
     *
     * @throws UserError if a group needs one and there is none
     */
    static EnsembleSpec settle(EnsembleSpec spec, Set<Integer> gpus) {
        Set<String> needing = new TreeSet<>(spec.slots().onGpu());
        if (gpus.isEmpty() && !needing.isEmpty()) {
            throw new UserError("slot groups " + String.join(", ", needing)
                    + " have gpu: 1, and this machine shows no GPU (no /dev/nvidia0, or " + VISIBLE
                    + " hides it); run on one that has a GPU, or write gpu: preferred");
        }
        return spec.onGpu(gpus.isEmpty() ? Set.of() : names(spec.slots().preferringGpu()));
    }

    /** What to say of slot groups that prefer a GPU and have been settled without one; empty if there are none. */
    public static Optional<String> warning(EnsembleSpec spec, EnsembleSpec settled) {
        Set<String> without = names(spec.slots().preferringGpu());
        without.removeAll(settled.slots().onGpu());
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of("slot groups " + String.join(", ", without)
                        + " prefer a GPU and run on the CPU: no GPU is free for them");
    }

    private static Set<String> names(List<SlotGroup> groups) {
        return groups.stream().map(SlotGroup::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
