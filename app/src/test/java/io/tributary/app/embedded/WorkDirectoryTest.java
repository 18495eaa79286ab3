package io.tributary.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

    @TempDir
    private Path parent;

    @Test
    void create_pointsTheTemporaryFolderIntoItUntilClosed() {
        String before = System.getProperty("java.io.tmpdir");
        WorkDirectory work = WorkDirectory.create();
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        work.close();

        assertThat(work.path()).hasParentRaw(Path.of(before)).doesNotExist();
        assertThat(work.path().getFileName().toString()).startsWith("tributary-");
        assertThat(temp).isEqualTo(work.path().resolve("tmp"));
        assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(before);
    }

    @Test
    void create_givenAFolderWithOtherFiles_refusesAndKeepsThem() throws IOException {
        Path given = Files.createDirectories(parent.resolve("tributary-letters"));
        Path letter = Files.writeString(given.resolve("letter.txt"), "keep me");
        System.setProperty(WorkDirectory.GIVEN, given.toString());

        assertThatThrownBy(WorkDirectory::create)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(given.toString());
        assertThat(letter).hasContent("keep me");
    }

    @Test
    void close_nestedFoldersAndLinks_deletesAllButWhatLinksPointTo() throws IOException {
        Path outside = Files.writeString(parent.resolve("outside.txt"), "stays");
        WorkDirectory work = WorkDirectory.in(parent);
        Files.writeString(work.folder("kafka/topic-0").resolve("00.log"), "record");
        Files.createSymbolicLink(work.path().resolve("link"), parent);

        work.close();

        assertThat(work.path()).doesNotExist();
        assertThat(outside).hasContent("stays");
    }

    @Test
    void close_folderAlreadyGone_doesNothing() throws IOException {
        WorkDirectory work = WorkDirectory.in(parent);
        Files.delete(work.path());

        work.close();
        work.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void close_runningParts_stopsThemLatestFirstBeforeDeleting() {
        List<String> stopped = new ArrayList<>();
        WorkDirectory work = WorkDirectory.in(parent);
        work.stopFirst(() -> stopped.add("early " + Files.exists(work.path())));
        work.stopFirst(() -> stopped.add("late " + Files.exists(work.path())));

        work.close();
        work.close();

        assertThat(stopped).containsExactly("late true", "early true");
    }

    @Test
    void stopFirst_afterClose_stopsAtOnceAndDeletesWhatThePartMade() throws IOException {
        WorkDirectory work = WorkDirectory.in(parent);
        work.close();
        Files.createDirectory(work.path());
        AtomicBoolean stopped = new AtomicBoolean();

        work.stopFirst(() -> stopped.set(true));

        assertThat(stopped).isTrue();
        assertThat(work.path()).doesNotExist();
    }

    @Test
    void folder_afterClose_isRefused() {
        WorkDirectory work = WorkDirectory.in(parent);
        work.close();

        assertThatThrownBy(() -> work.folder("state"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(work.path()).doesNotExist();
    }
}
