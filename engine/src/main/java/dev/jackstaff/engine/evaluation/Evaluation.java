package dev.jackstaff.engine.evaluation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer for one flag and one user.
///
/// Every answer a flag can give is built when the flag is compiled and shared by all evaluations, so evaluating allocates
/// nothing. Where the answer is the caller's default ([#usesDefault]) the default itself is not stored; the typed
/// accessors take it as an argument. Deeply immutable.
public final class Evaluation {

    /// The variation name of answers that are the caller's default.
    public static final String SDK_DEFAULT = "SdkDefault";

    /// The flag does not exist. Tracked like any other answer, as in GO Feature Flag (`variation.go`).
    public static final Evaluation FLAG_NOT_FOUND =
            builder().error(ErrorCode.FLAG_NOT_FOUND, "").trackEvents(true).build();

    /// No flags were ever loaded.
    public static final Evaluation NOT_READY =
            builder().error(ErrorCode.PROVIDER_NOT_READY, "").build();

    /// The caller switched evaluation off.
    public static final Evaluation OFFLINE =
            builder().usesDefault(Reason.OFFLINE).build();

    private final @Nullable Object value;
    private final boolean usesDefault;
    private final String variation;
    private final Reason reason;
    private final @Nullable ErrorCode errorCode;
    private final String errorDetails;
    private final boolean cacheable;
    private final boolean trackEvents;
    private final String version;
    private final Map<String, @Nullable Object> metadata;
    private final Evaluation mismatch;
    private final Evaluation bulk;

    private Evaluation(Builder from) {
        value = from.value;
        usesDefault = from.usesDefault;
        variation = from.variation;
        reason = requireNonNull(from.reason, "reason");
        errorCode = from.errorCode;
        errorDetails = from.errorDetails;
        cacheable = from.cacheable;
        trackEvents = from.trackEvents;
        version = from.version;
        metadata = from.metadata;
        mismatch = from.mismatch == null ? this : from.mismatch;
        bulk = from.bulk == null ? this : from.bulk;
    }

    /// Null for a null value, and where the caller's default is the answer.
    public @Nullable Object value() {
        return value;
    }

    /// Whether the caller's default is the value.
    public boolean usesDefault() {
        return usesDefault;
    }

    /// The variation's name; [#SDK_DEFAULT] where the caller's default is the value.
    public String variation() {
        return variation;
    }

    public Reason reason() {
        return reason;
    }

    /// Null when nothing went wrong. A disabled flag is no error.
    public @Nullable ErrorCode errorCode() {
        return errorCode;
    }

    /// A sentence on the error, empty where there is none.
    public String errorDetails() {
        return errorDetails;
    }

    public boolean failed() {
        return errorCode != null;
    }

    /// Whether a client may keep this answer until the flag changes.
    public boolean cacheable() {
        return cacheable;
    }

    /// Whether the flag's author wants events of its evaluations.
    public boolean trackEvents() {
        return trackEvents;
    }

    /// The flag's version as written, empty where there is none.
    public String version() {
        return version;
    }

    /// The flag's metadata, and `evaluatedRuleName` where a named targeting rule decided. Unmodifiable, empty where
    /// there is none.
    public Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    /// This answer for a caller who asked for `type`: itself, or `TYPE_MISMATCH` where the value's kind is another.
    public Evaluation as(ValueType type) {
        return usesDefault || type.accepts(value) ? this : mismatch;
    }

    /// This answer as one of many, when all flags are evaluated at once: a disabled or failed flag has no variation name,
    /// and a null value or one of unusual kind is a `TYPE_MISMATCH` (`internal/flagstate` of GO Feature Flag).
    public Evaluation inBulk() {
        return bulk;
    }

    /// The value of an answer to a caller who asked for a boolean ([#as]); a null value reads as false.
    public boolean booleanOr(boolean defaultValue) {
        if (usesDefault) return defaultValue;
        return value == null ? false : value instanceof Boolean b ? b : defaultValue;
    }

    /// The value as an integer, a fraction cut off; a null value reads as 0.
    public long longOr(long defaultValue) {
        if (usesDefault) return defaultValue;
        return value == null
                ? 0
                : value instanceof Long || value instanceof Double ? ((Number) value).longValue() : defaultValue;
    }

    /// The value as a double; a null value reads as 0.
    public double doubleOr(double defaultValue) {
        if (usesDefault) return defaultValue;
        return value == null ? 0 : value instanceof Double d ? d : defaultValue;
    }

    /// The value as a string; a null value reads as the empty string.
    public String stringOr(String defaultValue) {
        if (usesDefault) return defaultValue;
        return value == null ? "" : value instanceof String s ? s : defaultValue;
    }

    /// The value as a list, unmodifiable; a null value reads as null.
    @SuppressWarnings("unchecked")
    public @Nullable List<@Nullable Object> listOr(@Nullable List<@Nullable Object> defaultValue) {
        if (usesDefault) return defaultValue;
        return value == null ? null : value instanceof List ? (List<@Nullable Object>) value : defaultValue;
    }

    /// The value as an object, unmodifiable; a null value reads as null.
    @SuppressWarnings("unchecked")
    public @Nullable Map<String, @Nullable Object> objectOr(@Nullable Map<String, @Nullable Object> defaultValue) {
        if (usesDefault) return defaultValue;
        return value == null ? null : value instanceof Map ? (Map<String, @Nullable Object>) value : defaultValue;
    }

    /// The value as it is, of any kind.
    public @Nullable Object anyOr(@Nullable Object defaultValue) {
        return usesDefault ? defaultValue : value;
    }

    @Override
    public String toString() {
        return variation + "/" + reason + (errorCode == null ? "" : "/" + errorCode)
                + (errorDetails.isEmpty() ? "" : " (" + errorDetails + ")");
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Builds one answer; values and maps handed in must be immutable already. Not thread-safe.
    public static final class Builder {
        private @Nullable Object value;
        private boolean usesDefault;
        private String variation = "";
        private @Nullable Reason reason;
        private @Nullable ErrorCode errorCode;
        private String errorDetails = "";
        private boolean cacheable;
        private boolean trackEvents;
        private String version = "";
        private Map<String, @Nullable Object> metadata = Map.of();
        private @Nullable Evaluation mismatch;
        private @Nullable Evaluation bulk;

        private Builder() {}

        /// The value of a variation.
        public Builder variation(String name, @Nullable Object value, Reason reason) {
            this.usesDefault = false;
            this.variation = name;
            this.value = value;
            this.reason = reason;
            return this;
        }

        /// The caller's default, without an error.
        public Builder usesDefault(Reason reason) {
            this.usesDefault = true;
            this.variation = SDK_DEFAULT;
            this.reason = reason;
            return this;
        }

        /// The caller's default because of an error; `details` may be empty.
        public Builder error(ErrorCode code, String details) {
            this.errorCode = code;
            this.errorDetails = details;
            return usesDefault(Reason.ERROR);
        }

        /// Another name than [#SDK_DEFAULT] for an answer that is the caller's default.
        public Builder variationName(String name) {
            this.variation = name;
            return this;
        }

        public Builder cacheable(boolean cacheable) {
            this.cacheable = cacheable;
            return this;
        }

        public Builder trackEvents(boolean trackEvents) {
            this.trackEvents = trackEvents;
            return this;
        }

        public Builder version(String version) {
            this.version = version;
            return this;
        }

        public Builder metadata(Map<String, @Nullable Object> metadata) {
            this.metadata = metadata;
            return this;
        }

        /// What a caller gets who asked for a type the value is not of.
        public Builder mismatch(Evaluation mismatch) {
            this.mismatch = mismatch;
            return this;
        }

        /// What stands for this answer among those of all flags ([#inBulk]); itself when not given.
        public Builder bulk(Evaluation bulk) {
            this.bulk = bulk;
            return this;
        }

        public Evaluation build() {
            return new Evaluation(this);
        }
    }
}
