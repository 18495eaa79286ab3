package io.tributary.scoring;

import org.jspecify.annotations.Nullable;

/** The jar with the ensemble itself, the members and their engines, which must lie in Flink's lib folder. */
final class RuntimeJar {

    private static final String A_CLASS = "io.tributary.core.member.MemberLoader";

    private RuntimeJar() {}

    /**
     * Checks that the runtime jar is on the class path and of the job jar's version.
     *
     * @param job a class of the job's jar
     * @throws IllegalStateException if it is not
     */
    static void require(Class<?> job) {
        Class<?> found;
        try {
            found = Class.forName(A_CLASS, false, job.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "tributary-runtime.jar is not on Flink's class path (there is no class " + A_CLASS
                            + "): copy it into lib/ of every JobManager and TaskManager and start them again",
                    e);
        }
        requireSame(version(job), version(found));
    }

    /** Both or one may be unknown: classes outside of jars have no version. */
    static void requireSame(@Nullable String job, @Nullable String runtime) {
        if (job != null && runtime != null && !job.equals(runtime)) {
            throw new IllegalStateException("the job's jar is version " + job
                    + " and tributary-runtime.jar in Flink's lib/ is version " + runtime
                    + ": put the same version there and start the JobManagers and TaskManagers again");
        }
    }

    private static @Nullable String version(Class<?> type) {
        Package of = type.getPackage();
        return of == null ? null : of.getImplementationVersion();
    }
}
