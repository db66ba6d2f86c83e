package dev.jackstaff.relay.publication;

import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.formats.json.JsonWriter;
import dev.jackstaff.formats.json.JsonWriter.Name;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET /openfeature/v0/manifest`: what the OpenFeature command line generates typed clients from. It has the flags whose
/// metadata tells a default value.
///
/// A flag whose variations have no type of the manifest (lists, dates) is left out; in the original it fails the whole
/// manifest (R-D34).
final class Manifest {
    private static final Name FLAGS = Name.of("flags");
    private static final Name KEY = Name.of("key");
    private static final Name TYPE = Name.of("type");
    private static final Name DEFAULT_VALUE = Name.of("defaultValue");
    private static final Name DESCRIPTION = Name.of("description");

    private enum Type {
        BOOLEAN,
        STRING,
        INTEGER,
        FLOAT,
        OBJECT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Manifest() {}

    static void write(JsonWriter json, Collection<FlagDefinition> flags) throws IOException {
        json.beginObject().name(FLAGS).beginList();
        for (FlagDefinition flag : flags) {
            Map<String, @Nullable Object> metadata = flag.metadata();
            if (metadata == null || !metadata.containsKey("defaultValue")) continue;
            Type type = type(flag);
            if (type == null) continue;
            json.beginObject()
                    .member(KEY, flag.key())
                    .member(TYPE, type.word())
                    .member(DEFAULT_VALUE, metadata.get("defaultValue"))
                    .member(DESCRIPTION, metadata.get("description") instanceof String text ? text : "")
                    .endObject();
        }
        json.endList().endObject();
    }

    /// Integers beside floats are integers unless one of the floats has a fraction (`number_type.go`).
    private static @Nullable Type type(FlagDefinition flag) {
        Collection<@Nullable Object> values = flag.variations() == null ? List.of() : flag.variations().values();
        Set<Type> types = EnumSet.noneOf(Type.class);
        boolean fraction = false;
        for (Object value : values) {
            if (value == null) continue;
            Type type = type(value);
            if (type == null) return null;
            types.add(type);
            fraction |= value instanceof Double number && number != (long) (double) number;
        }
        if (types.size() == 1) return types.iterator().next();
        if (!types.equals(EnumSet.of(Type.INTEGER, Type.FLOAT))) return null;
        return fraction ? Type.FLOAT : Type.INTEGER;
    }

    private static @Nullable Type type(Object value) {
        return switch (value) {
            case Boolean _ -> Type.BOOLEAN;
            case String _ -> Type.STRING;
            case Long _,BigInteger _ -> Type.INTEGER;
            case Double _ -> Type.FLOAT;
            case Map<?, ?> _ -> Type.OBJECT;
            default -> null;
        };
    }
}
