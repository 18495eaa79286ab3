package io.tributary.benchmarks.pipeline;

import io.tributary.core.spec.SpecParser;
import io.tributary.scoring.ScoringJob;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The scoring plane as it is; the spec names the topics. */
final class TributaryPipeline implements Pipeline {

    @Override
    public Running start(PipelineCase what, Path temporary) throws Exception {
        StreamExecutionEnvironment env = LocalFlink.environment(what.parallelism(), temporary);
        ScoringJob.build(env, SpecParser.parse(Path.of(what.specFile())), LocalFlink.CHECKPOINTS);
        return LocalFlink.start(env);
    }
}
