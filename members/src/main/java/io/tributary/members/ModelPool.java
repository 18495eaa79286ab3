package io.tributary.members;

import io.tributary.core.Sha256;
import io.tributary.core.member.Device;
import io.tributary.core.member.ModelsInUse;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The models of one engine that this process has loaded, each once however many members use it: the subtasks of a job,
 * its former and its next run, other jobs. Whoever takes the first lease loads the model, and whoever closes the last
 * one frees it. The class is in Flink's {@code lib}, so its statics are there once a process.
 *
 * @param <M> what the engine calls a model; several threads call it at once
 */
final class ModelPool<M> {

    private final ThreadBudget budget;
    private final Consumer<M> close;
    private final Map<Key, Entry> entries = new HashMap<>();

    /**
     * None loaded yet.
     *
     * @param close frees a model
     */
    ModelPool(ThreadBudget budget, Consumer<M> close) {
        this.budget = budget;
        this.close = close;
    }

    /** Loads a model that may compute with so many threads. */
    @FunctionalInterface
    interface Loading<M> {
        M load(int threads);
    }

    /**
     * All that decides what is loaded.
     *
     * @param folder where the file is: an ONNX model may keep its weights in files beside it, which the checksum misses
     * @param threads how many it asks for
     */
    record Key(String kind, @Nullable Path folder, String checksum, Device device, int threads) {

        static Key of(MemberSpec member, Path file, Device device) {
            String checksum = member.sha256() == null ? Sha256.hex(file) : member.sha256();
            return new Key(member.kind(), file.getParent(), checksum, device, member.threads());
        }
    }

    private final class Entry {
        private final Key key;
        private int leases;
        private @Nullable M model;
        private volatile ThreadBudget.@Nullable Grant grant;

        Entry(Key key) {
            this.key = key;
        }
    }

    /** The use of a model by one member. */
    final class Lease implements AutoCloseable {
        private final Entry entry;
        private final M model;
        private boolean closed;

        private Lease(Entry entry, M model) {
            this.entry = entry;
            this.model = model;
        }

        M model() {
            return model;
        }

        /** Runs a model's first calls, in which engines get it ready, while no other member does; if they fail, closes. */
        <T> T first(Supplier<T> calls) {
            try {
                synchronized (entry) {
                    return calls.get();
                }
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
        }

        /** The last one frees the model, so no call of this member may be running. Closing twice does nothing. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                giveBack(entry);
            }
        }
    }

    /**
     * A lease of the model, which is loaded unless it is already. Who asks while it is being loaded waits.
     *
     * @param name of the member, as {@link io.tributary.core.member.MemberSetup#nameOf} has it: of models on one device
     *     that were loaded under the same name, one replaces the other
     */
    Lease take(Key key, String name, Loading<M> loading) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, Entry::new);
            entry.leases++;
        }
        try {
            return new Lease(entry, loaded(entry, name, loading));
        } catch (RuntimeException | Error e) {
            giveBack(entry);
            throw e;
        }
    }

    private M loaded(Entry entry, String name, Loading<M> loading) {
        synchronized (entry) {
            if (entry.model != null) {
                return entry.model;
            }
            ThreadBudget.Grant grant =
                    budget.take(new ThreadBudget.Owner(name, entry.key.device()), entry.key.threads());
            try {
                M model = loading.load(grant.threads());
                entry.model = model;
                entry.grant = grant;
                return model;
            } catch (RuntimeException | Error e) {
                budget.giveBack(grant);
                throw e;
            }
        }
    }

    private void giveBack(Entry entry) {
        synchronized (entries) {
            if (--entry.leases > 0) {
                return;
            }
            entries.remove(entry.key);
        }
        synchronized (entry) {
            if (entry.model != null && entry.grant != null) {
                try {
                    close.accept(entry.model);
                } finally {
                    budget.giveBack(entry.grant);
                }
            }
        }
    }

    /** What is loaded, or about to be. */
    ModelsInUse inUse() {
        synchronized (entries) {
            ModelsInUse all = ModelsInUse.NONE;
            for (Entry entry : entries.values()) {
                ThreadBudget.Grant grant = entry.grant;
                all = all.plus(new ModelsInUse(1, entry.leases, grant == null ? 0 : grant.threads()));
            }
            return all;
        }
    }
}
