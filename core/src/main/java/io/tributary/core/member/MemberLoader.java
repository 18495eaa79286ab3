package io.tributary.core.member;

import io.tributary.core.Sha256;
import io.tributary.core.StatedFile;
import io.tributary.core.spec.MemberSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the factory for each member and opens it once its model's file has been checked. */
public final class MemberLoader {

    private final List<MemberFactory> factories;
    private final Set<Integer> gpus;

    /** A loader over given factories, which opens members on the CPU. */
    public MemberLoader(List<MemberFactory> factories) {
        this(factories, Set.of());
    }

    private MemberLoader(List<MemberFactory> factories, Set<Integer> gpus) {
        this.factories = List.copyOf(factories);
        this.gpus = Set.copyOf(gpus);
    }

    /**
     * The same that opens members on GPUs, spread over all that are opened so in this process: a model goes where it is
     * already and else to the GPU with the fewest members. Kinds that cannot use one stay on the CPU.
     *
     * @param indices of the GPUs; all members are opened on the CPU if there are none
     */
    public MemberLoader onGpus(Set<Integer> indices) {
        return new MemberLoader(factories, indices);
    }

    /** A loader over all factories on the class path. */
    public static MemberLoader discover() {
        List<MemberFactory> found = new ArrayList<>();
        ServiceLoader.load(MemberFactory.class, MemberLoader.class.getClassLoader())
                .forEach(found::add);
        return new MemberLoader(found);
    }

    /** What members of this process have loaded, of all kinds. */
    public ModelsInUse inUse() {
        return factories.stream().map(MemberFactory::inUse).reduce(ModelsInUse.NONE, ModelsInUse::plus);
    }

    /** Everything wrong with a member that can be known without loading its model: its file, its checksum, its rules. */
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        List<MemberProblem> problems = new ArrayList<>();
        String fileProblem = fileProblem(member);
        if (fileProblem != null) {
            problems.add(new MemberProblem(member.line(), fileProblem));
        }
        MemberFactory factory = factory(member);
        if (factory == null) {
            problems.add(new MemberProblem(member.line(), noFactory(member)));
        } else {
            problems.addAll(factory.check(member, columns));
        }
        return problems;
    }

    /**
     * Opens a member. A model with golden vectors beside it, in a file {@code MODEL.golden.csv}, must answer them.
     *
     * @throws MemberException if its file is absent or has another checksum, or the model cannot be loaded or does not
     *     answer its golden vectors
     */
    public Member open(MemberSpec member, MemberSetup setup) {
        String fileProblem = fileProblem(member);
        if (fileProblem != null) {
            throw new MemberException(fileProblem);
        }
        MemberFactory factory = factory(member);
        if (factory == null) {
            throw new MemberException(noFactory(member));
        }
        Member opened = gpus.isEmpty() || !factory.usesGpu(member.kind())
                ? factory.open(member, setup)
                : openOnGpu(factory, member, setup);
        try {
            GoldenVectors.check(opened, member, setup);
            return opened;
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** The files that a member is opened from: its model and, if there are any, its golden vectors and weights beside it. */
    public static List<Path> files(MemberSpec member) {
        Path model = member.model();
        if (model == null) {
            return List.of();
        }
        List<Path> files = new ArrayList<>(List.of(model));
        Path golden = GoldenVectors.beside(model);
        if (Files.isRegularFile(golden)) {
            files.add(golden);
        }
        if (member.kind().equals("onnx")) {
            files.addAll(ExternalData.of(model));
        }
        return files;
    }

    private Member openOnGpu(MemberFactory factory, MemberSpec member, MemberSetup setup) {
        GpuPlacement.Place place = GpuPlacement.PROCESS.take(modelOf(member), gpus);
        Runnable giveBack = () -> GpuPlacement.PROCESS.giveBack(place);
        try {
            return new PlacedMember(factory.open(member, setup.on(place.device())), giveBack);
        } catch (RuntimeException | Error e) {
            giveBack.run();
            throw e;
        }
    }

    /** The checksum of its file, which the spec states or the file has. */
    private static String modelOf(MemberSpec member) {
        if (member.model() == null) {
            return member.name();
        }
        return member.sha256() == null ? Sha256.hex(member.model()) : member.sha256();
    }

    private @Nullable MemberFactory factory(MemberSpec member) {
        for (MemberFactory factory : factories) {
            if (factory.kinds().contains(member.kind())) {
                return factory;
            }
        }
        return null;
    }

    private static String noFactory(MemberSpec member) {
        return "member " + member.name() + " is of kind " + member.kind()
                + ", and nothing on the class path opens that kind: add the jar that does";
    }

    private static @Nullable String fileProblem(MemberSpec member) {
        Path model = member.model();
        return model == null
                ? null
                : new StatedFile(model, member.sha256()).problem("member " + member.name(), "model");
    }
}
