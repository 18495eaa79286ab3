package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.prepare.FakeTextEncoder;
import io.tributary.core.prepare.TextEncoderLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of users' records, through a tokenizer. */
class TextFeatureTest {

    private static final Schema SCHEMA = SchemaBuilder.record("E")
            .fields()
            .requiredString("id")
            .requiredLong("at")
            .optionalString("note")
            .endRecord();

    @TempDir
    Path folder;

    private final FakeTextEncoder encoders = new FakeTextEncoder();
    private EventMapper mapper;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        EnsembleSpec spec = SpecParser.parse("""
                ensemble: test
                events: {topic: t, id: id, time: at}
                features: [{field: note, tokenizer: tokenizer.json, length: 3}]
                members: {m: {onnx: m.onnx}}
                """, folder.resolve("spec.yaml"));
        mapper = new EventMapper(spec, new TextEncoderLoader(List.of(encoders)));
    }

    @Test
    void event_withAText_hasItsTokens() throws Exception {
        assertThat(mapper.map(record(new Utf8("ab")), null).features()).containsExactly('a', 'b', 0);
        assertThat(mapper.map(record(null), null).features()).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    }

    @Test
    void event_withATextThatTheTokenizerRefuses_cannotBeDecoded() throws Exception {
        assertThatThrownBy(() -> mapper.map(record("no!"), null))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("field note: the tokenizer has no token for !");
        assertThat(mapper.map(record("c"), null).features()).startsWith('c');
    }

    @Test
    void close_closesTheTokenizer() {
        assertThat(encoders.open()).isEqualTo(1);
        mapper.close();
        assertThat(encoders.open()).isZero();
    }

    private static GenericRecord record(Object note) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("id", "e");
        record.put("at", 0L);
        record.put("note", note);
        return record;
    }
}
