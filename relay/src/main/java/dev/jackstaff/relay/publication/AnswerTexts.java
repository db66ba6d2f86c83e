package dev.jackstaff.relay.publication;

import dev.jackstaff.engine.evaluation.Evaluation;
import dev.jackstaff.formats.json.Body;
import dev.jackstaff.formats.json.JsonWriter;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Remembers the JSON of the answers about single flags, so that each is written once and not for every user.
///
/// All answers a flag can give are made when it is compiled and shared from then on ([Evaluation]), so there are few of them
/// and the object itself says which one it is. What depends on the caller, as a default value does, has no place here.
///
/// Bounds: eight places a flag, 65,536 at most, for texts of at most 2 kB; longer ones are written each time. An answer has
/// four places to be in; where all are taken, the newest stays. It belongs to one snapshot and is dropped with it.
/// Thread-safe without lock: a place holds one immutable entry, and losing one only costs writing it again.
public final class AnswerTexts {
    private static final int PLACES_A_FLAG = 8, MOST_PLACES = 1 << 16, NEIGHBOURS = 4;
    private static final int LONGEST = 2 * 1024;

    /// How one route spells an answer: an object that lives as long as the route, compared by identity.
    @FunctionalInterface
    public interface Form {
        void write(JsonWriter json, String flagKey, Evaluation evaluation) throws IOException;
    }

    private record Entry(Form form, String flagKey, Evaluation evaluation, Body text) {
        @SuppressWarnings("ReferenceEquality") // the object is the identity of the answer
        boolean isOf(Form form, String flagKey, Evaluation evaluation) {
            return this.evaluation == evaluation && this.form == form && this.flagKey.equals(flagKey);
        }
    }

    private final AtomicReferenceArray<@Nullable Entry> places;
    private final int shift; // of a hash, to a place

    /// @param flags how many the snapshot has
    AnswerTexts(int flags) {
        int wanted = (int) Math.min(MOST_PLACES, (long) PLACES_A_FLAG * Math.max(1, flags));
        places = new AtomicReferenceArray<>(Math.max(NEIGHBOURS, Integer.highestOneBit(2 * wanted - 1)));
        shift = Integer.numberOfLeadingZeros(places.length()) + 1;
    }

    /// The text of an answer, not indented.
    ///
    /// @param form       says the same whoever asks
    /// @param evaluation one of the snapshot that these texts belong to
    public Body of(Form form, String flagKey, Evaluation evaluation) {
        int first = hash(form, flagKey, evaluation) >>> shift, mask = places.length() - 1, free = first;
        for (int i = 0; i < NEIGHBOURS; i++) {
            int place = (first + i) & mask;
            Entry entry = places.get(place);
            if (entry == null) {
                free = place;
                break;
            }
            if (entry.isOf(form, flagKey, evaluation)) return entry.text;
        }
        Body text = JsonWriter.write(false, json -> form.write(json, flagKey, evaluation));
        if (text.length() <= LONGEST) places.set(free, new Entry(form, flagKey, evaluation, text));
        return text;
    }

    /// The upper bits are the good ones: names of flags are alike, and many flags share an answer.
    private static int hash(Form form, String flagKey, Evaluation evaluation) {
        int mixed = (31 * flagKey.hashCode() + System.identityHashCode(evaluation)) * 31
                + System.identityHashCode(form);
        return mixed * 0x9E3779B9;
    }
}
