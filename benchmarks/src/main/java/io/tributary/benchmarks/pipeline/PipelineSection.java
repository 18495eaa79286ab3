package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.report.SectionResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Section;
import java.util.List;

/** Whole pipelines from Kafka to Kafka, beside what bounds them. */
public final class PipelineSection implements Section {

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String about() {
        return "throughput, CPU and allocation from Kafka to Kafka, beside the bound and beside alternatives";
    }

    @Override
    public boolean isQuick() {
        return true;
    }

    @Override
    public SectionResult run(Bench bench) {
        bench.stack();
        return new SectionResult(name(), "Whole pipelines", "", List.of());
    }
}
