package io.tributary.members;

import dev.cel.runtime.CelVariableResolver;
import io.tributary.core.member.FeatureBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of a batch as CEL sees it; only the columns that a rule gets to are looked up and boxed. */
final class RowVariables implements CelVariableResolver {

    private final Map<String, Integer> indices;
    private @Nullable FeatureBatch batch;
    private int row;

    private RowVariables(Map<String, Integer> indices) {
        this.indices = indices;
    }

    /** Over the columns that a member reads. */
    static RowVariables of(List<String> columns, ColumnPlan plan) {
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            indices.put(columns.get(i), plan.index(i));
        }
        return new RowVariables(indices);
    }

    void moveTo(FeatureBatch batch, int row) {
        this.batch = batch;
        this.row = row;
    }

    @Override
    public Optional<Object> find(String name) {
        Integer index = indices.get(name);
        return index == null || batch == null ? Optional.empty() : Optional.of((double) batch.get(row, index));
    }
}
