package io.tributary.app.command;

import io.tributary.core.Weights;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.prepare.TextEncoderLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.FeatureSpec;
import io.tributary.core.spec.MemberSpec;
import io.tributary.core.spec.SpecException;
import io.tributary.core.spec.SpecParser;
import io.tributary.core.spec.SpecProblem;
import io.tributary.schemas.FittedWeights;
import io.tributary.schemas.SpecFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Reads specs and checks them together with the files that they name. */
final class SpecFiles {

    private SpecFiles() {}

    /**
     * Reads a spec and checks its model files, rules, tokenizers and schema.
     *
     * @throws SpecException with every problem found
     */
    static EnsembleSpec read(Path file) {
        SpecParser.Reading reading = SpecParser.read(file);
        EnsembleSpec spec = reading.spec();
        if (spec == null) {
            throw new SpecException(reading.problems());
        }
        List<SpecProblem> problems = new ArrayList<>(reading.problems());
        MemberLoader loader = MemberLoader.discover();
        for (MemberSpec member : spec.members()) {
            if (member.kind().isEmpty()) {
                continue;
            }
            for (MemberProblem problem : loader.check(member, spec.features().columns())) {
                problems.add(new SpecProblem(file.toString(), problem.line(), problem.message()));
            }
        }
        problems.addAll(tokenizerProblems(spec));
        if (spec.events().schema() != null && Files.isRegularFile(spec.events().schema())) {
            problems.addAll(schemaProblems(spec, spec.events().schema()));
        }
        if (spec.initialWeights() != null && Files.isRegularFile(spec.initialWeights())) {
            problems.addAll(initialWeightsProblems(spec, spec.initialWeights()));
        }
        if (!problems.isEmpty()) {
            // Stable: what the parser found on a line stands before what its files add.
            problems.sort(Comparator.comparingInt(SpecProblem::line));
            throw new SpecException(problems);
        }
        return spec;
    }

    private static List<SpecProblem> tokenizerProblems(EnsembleSpec spec) {
        List<SpecProblem> problems = new ArrayList<>();
        TextEncoderLoader loader = TextEncoderLoader.discover();
        for (FeatureSpec feature : spec.features().features()) {
            if (feature instanceof FeatureSpec.Tokens tokens) {
                String problem = loader.check(tokens);
                if (problem != null) {
                    problems.add(new SpecProblem(
                            spec.file().toString(),
                            lineOf(String.valueOf(tokens.tokenizer().path().getFileName()), lines(spec.file())),
                            problem));
                }
            }
        }
        return problems;
    }

    private static List<SpecProblem> initialWeightsProblems(EnsembleSpec spec, Path file) {
        try {
            FittedWeights fitted = FittedWeights.read(file);
            for (Weights weights : fitted.weights()) {
                if (!weights.ensemble().equals(spec.ensemble())) {
                    throw new IllegalStateException(file + " was fitted for the ensemble " + weights.ensemble());
                }
            }
            new WeightFold(spec).restore(fitted.state());
            return List.of();
        } catch (IllegalStateException e) {
            return List.of(new SpecProblem(
                    spec.file().toString(),
                    lineOf("initialWeights", lines(spec.file())),
                    "initialWeights do not fit the spec: " + e.getMessage()
                            + ". Run tributary fit again with this spec"));
        }
    }

    private static List<SpecProblem> schemaProblems(EnsembleSpec spec, Path schemaFile) {
        String file = spec.file().toString();
        List<SpecProblem> problems = new ArrayList<>();
        try {
            List<String> lines = lines(spec.file());
            Schema schema = schema(schemaFile);
            for (String problem : SpecFields.problems(spec, schema)) {
                problems.add(new SpecProblem(file, lineOf(SpecFields.fieldIn(problem), lines), problem));
            }
        } catch (SchemaParseException e) {
            problems.add(
                    new SpecProblem(file, 1, "events.schema: " + schemaFile + " is no Avro schema: " + e.getMessage()));
        }
        return problems;
    }

    /** A schema from a file. */
    static Schema schema(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Fields and tokenizers carry no line of their own; the first line that names one is where it stands. */
    private static int lineOf(String name, List<String> lines) {
        Pattern word = Pattern.compile("(^|[^\\w.])" + Pattern.quote(name) + "($|[^\\w.])");
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().startsWith("#")
                    && word.matcher(lines.get(i)).find()) {
                return i + 1;
            }
        }
        return 1;
    }
}
