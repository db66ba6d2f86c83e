package dev.jackstaff.engine.flag;

import java.util.EnumSet;
import java.util.Set;

/// Which defects of GO Feature Flag v1.55.2 are kept.
///
/// Answers are the same in every other respect. The numbers are those of `docs/reference/differences.md`. Immutable.
public record Compatibility(Set<Defect> kept) {

    /// A behaviour of the original that its authors would call a mistake and that can change an answer.
    public enum Defect {
        /// E-D5: in a rules expression, a path whose parent is missing keeps the value of the comparison before it.
        PATH_CARRY_OVER("E-D5"),
        /// R-D45: a value without a JSON form (NaN, infinity, a map with keys that are not strings) is served, or fails
        /// only where it is encoded, instead of making its flag invalid at load.
        UNENCODABLE_VALUE("R-D45");

        private final String number;

        Defect(String number) {
            this.number = number;
        }

        /// The number in `docs/reference/differences.md`, such as `E-D5`.
        public String number() {
            return number;
        }
    }

    /// Every defect corrected: the default.
    public static final Compatibility CORRECTED = new Compatibility(Set.of());

    /// Every defect kept: `compatibility: exact`.
    public static final Compatibility EXACT = new Compatibility(EnumSet.allOf(Defect.class));

    public Compatibility {
        kept = Set.copyOf(kept);
    }

    public boolean keeps(Defect defect) {
        return kept.contains(defect);
    }
}
