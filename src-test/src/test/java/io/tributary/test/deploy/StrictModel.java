package io.tributary.test.deploy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Reads manifests into the classes that their publishers have for them, and takes nothing that these do not know. */
final class StrictModel {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NothingUnknown())
            .build();

    private StrictModel() {}

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if it has a property that the class does not have, or of another type
     */
    static <T> T read(Map<String, Object> manifest, Class<T> type) {
        return MAPPER.convertValue(manifest, type);
    }

    /** The classes keep what they do not know, or pass it over, as clients of a newer server must. */
    private static final class NothingUnknown extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
        }
    }
}
