package dev.jackstaff.engine.snapshot;

import dev.jackstaff.engine.evaluation.ErrorCode;
import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.engine.evaluation.Reason;
import dev.jackstaff.engine.flag.FlagDefinition;
import dev.jackstaff.engine.flag.MixedKeyMap;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Builds the answers one flag can give, each with the forms it takes for a caller who asks for another type and among
/// the answers of all flags. `trackEvents` and `version` come from the flag as written, whatever a scheduled step says.
final class Outcomes {
    private final FlagDefinition flag;
    private final Map<String, @Nullable Object> ownMetadata;
    private final boolean cacheable;
    private final Pool pool;
    private @Nullable Evaluation mismatch;

    /// @param cacheable whether answers may be kept by clients where the rule does not forbid it
    Outcomes(FlagDefinition flag, boolean cacheable, Pool pool) {
        this.flag = flag;
        this.ownMetadata = flag.metadata() == null ? Map.of() : flag.metadata();
        this.cacheable = cacheable;
        this.pool = pool;
    }

    /// A variation's value.
    ///
    /// @param metadata  that of the flag in force, with the rule's name
    /// @param permanent whether the rule gives the same answer at any time
    Evaluation variation(
            String name, @Nullable Object value, Reason reason, Map<String, @Nullable Object> metadata,
            boolean permanent) {
        Evaluation.Builder answer = Evaluation.builder()
                .variation(name, value, reason)
                .metadata(metadata)
                .cacheable(cacheable && permanent)
                .mismatch(mismatch());
        if (!countsInBulk(value)) return finish(answer.bulk(bulkMismatch(metadata)));
        return pool.share(finish(answer));
    }

    /// The flag is switched off.
    Evaluation disabled() {
        return pool.share(finish(Evaluation.builder()
                .usesDefault(Reason.DISABLED)
                .metadata(ownMetadata)
                .cacheable(cacheable)
                .bulk(pool.share(finish(Evaluation.builder()
                        .usesDefault(Reason.DISABLED)
                        .variationName("")
                        .metadata(ownMetadata)
                        .cacheable(cacheable))))));
    }

    /// There is no key to find the user's bucket by.
    Evaluation keyMissing(String details) {
        return error(ErrorCode.TARGETING_KEY_MISSING, details, ownMetadata);
    }

    /// @param metadata that of the flag in force
    Evaluation badConfiguration(String details, Map<String, @Nullable Object> metadata) {
        return error(ErrorCode.FLAG_CONFIG, details, metadata);
    }

    /// The flag could not be evaluated at all.
    Evaluation failure(String details) {
        return error(ErrorCode.GENERAL, details, Map.of());
    }

    private Evaluation error(ErrorCode code, String details, Map<String, @Nullable Object> metadata) {
        Evaluation bulk =
                finish(Evaluation.builder().error(code, details).variationName("").metadata(metadata));
        return pool.share(finish(
                Evaluation.builder().error(code, details).metadata(metadata).bulk(pool.share(bulk))));
    }

    private Evaluation mismatch() {
        if (mismatch == null) {
            mismatch = pool.share(finish(
                    Evaluation.builder().error(ErrorCode.TYPE_MISMATCH, "").metadata(ownMetadata)));
        }
        return mismatch;
    }

    /// Among all flags a value of unusual kind gives way to that of a variation with the name of the default.
    private Evaluation bulkMismatch(Map<String, @Nullable Object> metadata) {
        Evaluation.Builder answer =
                Evaluation.builder().error(ErrorCode.TYPE_MISMATCH, "").metadata(metadata);
        Map<String, @Nullable Object> variations = flag.variations();
        if (variations != null && variations.containsKey(Evaluation.SDK_DEFAULT))
            answer.variation(Evaluation.SDK_DEFAULT, variations.get(Evaluation.SDK_DEFAULT), Reason.ERROR);
        return finish(answer);
    }

    private static boolean countsInBulk(@Nullable Object value) {
        return value != null
                && !(value instanceof BigInteger)
                && !(value instanceof OffsetDateTime)
                && !(value instanceof MixedKeyMap);
    }

    private Evaluation finish(Evaluation.Builder answer) {
        return answer.trackEvents(!Boolean.FALSE.equals(flag.trackEvents()))
                .version(flag.version() == null ? "" : flag.version())
                .build();
    }

    /// Makes equal answers of one flag set the same object: on/off flags by the thousand have the same few answers. Used
    /// by one thread while a snapshot is compiled.
    static final class Pool {
        private final Map<Content, Evaluation> answers = new HashMap<>();
        private final Map<String, Map<String, @Nullable Object>> ruleNames = new HashMap<>();

        Evaluation share(Evaluation answer) {
            Evaluation known = answers.putIfAbsent(Content.of(answer), answer);
            return known == null ? answer : known;
        }

        /// Metadata with a rule's name, the same object for equal names where there is nothing else in it.
        Map<String, @Nullable Object> metadata(Map<String, @Nullable Object> metadata, String ruleName) {
            return metadata.isEmpty()
                    ? ruleNames.computeIfAbsent(ruleName, name -> RuleMetadata.of(Map.of(), name))
                    : RuleMetadata.of(metadata, ruleName);
        }

        /// What tells answers apart. What can be large is compared by identity, so that sharing costs no walk through
        /// it. The forms an answer has elsewhere follow from the rest.
        private record Content(
                @Nullable Object value,
                boolean usesDefault,
                String variation,
                Reason reason,
                @Nullable ErrorCode errorCode,
                String errorDetails,
                boolean cacheable,
                boolean trackEvents,
                String version,
                Same metadata) {
            static Content of(Evaluation answer) {
                Object value = answer.value();
                return new Content(
                        value instanceof Map || value instanceof List ? new Same(value) : value,
                        answer.usesDefault(),
                        answer.variation(),
                        answer.reason(),
                        answer.errorCode(),
                        answer.errorDetails(),
                        answer.cacheable(),
                        answer.trackEvents(),
                        answer.version(),
                        new Same(answer.metadata()));
            }

            /// Of what mostly differs; written down, since every flag comes by here several times while nothing is compiled yet.
            @Override
            public int hashCode() {
                return 31 * (31 * (31 * variation.hashCode() + reason.hashCode()) + errorDetails.hashCode())
                        + metadata.hashCode();
            }

            @Override
            public boolean equals(@Nullable Object object) {
                return object instanceof Content other
                        && variation.equals(other.variation)
                        && reason == other.reason
                        && metadata.equals(other.metadata)
                        && errorCode == other.errorCode
                        && errorDetails.equals(other.errorDetails)
                        && usesDefault == other.usesDefault
                        && cacheable == other.cacheable
                        && trackEvents == other.trackEvents
                        && version.equals(other.version)
                        && Objects.equals(value, other.value);
            }
        }

        private record Same(Object object) {
            @Override
            @SuppressWarnings("ReferenceEquality") // what it is for
            public boolean equals(@Nullable Object other) {
                return other instanceof Same same && same.object == object;
            }

            @Override
            public int hashCode() {
                return System.identityHashCode(object);
            }
        }
    }
}
