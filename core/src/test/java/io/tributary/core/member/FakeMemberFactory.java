package io.tributary.core.member;

import io.tributary.core.spec.MemberSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Opens members that score by functions, by the members' names. */
public final class FakeMemberFactory implements MemberFactory {

    private final List<String> kinds;
    private final Map<String, Supplier<FakeMember>> functions = new HashMap<>();
    private final Map<String, List<FakeMember>> opened = new HashMap<>();
    private final List<MemberProblem> problems = new ArrayList<>();
    private final Map<String, Device> devices = new HashMap<>();

    /** A factory for the given kinds that knows no member yet. */
    public FakeMemberFactory(String... kinds) {
        this.kinds = List.of(kinds);
    }

    /** From now on opens the member of that name with the given function of a row's features. */
    public FakeMemberFactory with(String member, ToDoubleFunction<float[]> function) {
        functions.put(member, () -> FakeMember.of(function));
        return this;
    }

    /** The same with a function that gives a number a class. */
    public FakeMemberFactory withClasses(String member, Function<float[], double[]> function) {
        functions.put(member, () -> FakeMember.ofClasses(function));
        return this;
    }

    /** From now on finds the given problem with every member. */
    public FakeMemberFactory finding(MemberProblem problem) {
        problems.add(problem);
        return this;
    }

    /** All members it has opened under a name, the oldest first. */
    public List<FakeMember> opened(String member) {
        return List.copyOf(opened.getOrDefault(member, List.of()));
    }

    /** Where the member of a name was opened last; the CPU if it never was. */
    public Device device(String member) {
        return devices.getOrDefault(member, Device.CPU);
    }

    @Override
    public boolean usesGpu(String kind) {
        return !kind.equals("rules");
    }

    @Override
    public List<String> kinds() {
        return kinds;
    }

    @Override
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        return List.copyOf(problems);
    }

    @Override
    public Member open(MemberSpec member, MemberSetup setup) {
        Supplier<FakeMember> function = functions.get(member.name());
        if (function == null) {
            throw new MemberException("there is no fake member " + member.name());
        }
        FakeMember fake = function.get();
        devices.put(member.name(), setup.device());
        opened.computeIfAbsent(member.name(), name -> new ArrayList<>()).add(fake);
        return fake;
    }
}
