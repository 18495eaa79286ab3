package io.tributary.scoring;

import io.tributary.core.member.MemberLoader;
import java.io.Serializable;

/** Where a task manager gets its members from. */
interface MemberSource extends Serializable {

    /** The loader that opens them, on the task manager. */
    MemberLoader loader();

    /** All kinds of members on the class path. */
    static MemberSource classPath() {
        return MemberLoader::discover;
    }
}
