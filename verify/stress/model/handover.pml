/* The hand-over between an event loop and its workers, as the relay's class Handover does it, in every order of worker,
 * deadline, reset and stop: three requests on one connection, two permits.
 *
 * T3 of the design for deadlines; checks I2, I3, I8, I9, I10, I11 and I20. The loop waits for nothing: whoever wins the slot
 * puts a task into its queue. A job that no worker has begun can be taken back, by the compare-and-set that a worker begins
 * it with.
 *
 * Planted mistakes, each of which has to be found: -DLOOK_THEN_WRITE, -DRELEASE_AT_ANSWER, -DBEGIN_ANYWAY, -DANSWER_LATE.
 */
#define N 3
#define PERMITS 2

/* verdicts */
#define NONE 0
#define ANSWER 1
#define EXPIRED 2
#define GONE 3
#define DRAINING 4
#define UNSTARTED 5

/* stages of a job */
#define READY 0
#define BEGUN 1
#define TAKEN_BACK 2

byte slot[N], stage[N], wins[N], decided[N], written[N], effects[N], ran[N];
byte handed, ended, refused, started, answers, late, unstarted, others;
byte permits = PERMITS, atWork;
bool gone, drain;
chan tasks = [N * 2] of { byte, byte };     /* of the loop */

inline offer(i, v, won) {
#ifdef LOOK_THEN_WRITE
    if
    :: slot[i] == NONE -> slot[i] = v; won = true
    :: else -> won = false
    fi;
#else
    atomic {
        if
        :: slot[i] == NONE -> slot[i] = v; won = true
        :: else -> won = false
        fi
    };
#endif
    if
    :: won -> wins[i]++; tasks ! i, v
    :: else
    fi
}

/* Ends it without its worker. */
inline end(i, v, was, won) {
    atomic {
        was = stage[i];
        if
        :: was == READY -> stage[i] = TAKEN_BACK
        :: else
        fi
    };
    if
    :: was == READY -> offer(i, UNSTARTED, won)
    :: was == BEGUN -> offer(i, v, won)
    :: else
    fi
}

proctype worker(byte i) {
    bool won, mine;
    byte was;
    atomic {
        mine = stage[i] == READY;
#ifdef BEGIN_ANYWAY
        mine = true;
#endif
        if
        :: mine -> stage[i] = BEGUN
        :: else
        fi
    };
    if
    :: mine ->
        atomic { started++; ran[i]++; atWork++; assert(atWork <= PERMITS) };
        atWork--;
#ifndef RELEASE_AT_ANSWER
        permits++;
#endif
        offer(i, ANSWER, won);
        if
        :: won
        :: else ->
            late++;
#ifdef ANSWER_LATE
            tasks ! i, ANSWER
#endif
        fi
    :: else ->
        permits++;
        end(i, EXPIRED, was, won)
    fi;
    ended++
}

proctype client()   { if :: gone = true  :: skip fi }
proctype operator() { if :: drain = true :: skip fi }

active proctype loop() {
    byte i, k, v, was;
    bool won, waiting, timer, toldGone, toldDrain, hung;
    run client();
    run operator();
    do
    :: i < N && !waiting && !hung && !gone ->
        atomic {
            if
            :: permits == 0 || drain -> waiting = false
            :: else -> permits--; waiting = true
            fi
        };
        if
        :: waiting -> handed++; timer = true; run worker(i)
        :: else -> refused++; written[i]++; i++          /* 503: nothing was done */
        fi
    :: waiting && timer -> timer = false; end(i, EXPIRED, was, won)
    :: waiting && gone && !toldGone -> toldGone = true; end(i, GONE, was, won)
    :: waiting && drain && !toldDrain -> toldDrain = true; end(i, DRAINING, was, won)
    :: tasks ? k, v ->
        assert(k == i && waiting);                       /* of nobody but the request that waits */
        decided[k]++;
        timer = false;                                   /* taken back with the verdict */
#ifdef RELEASE_AT_ANSWER
        permits++;
#endif
        if
        :: v == ANSWER -> answers++; effects[k]++
        :: v == UNSTARTED -> unstarted++; assert(ran[k] == 0)
        :: else -> others++
        fi;
        if
        :: v == GONE || (v == UNSTARTED && gone) -> hung = true
        :: else -> written[k]++
        fi;
        waiting = false;
        i++
    :: (i == N || hung || gone) && !waiting -> break
    od;

    (ended == handed);                                   /* at rest */
    assert(empty(tasks));
    assert(permits == PERMITS);
    assert(handed == started + unstarted);
    assert(started == answers + others);
    assert(started == answers + late);
    k = 0;
    do
    :: k < N ->
        assert(wins[k] <= 1 && decided[k] == wins[k] && written[k] <= 1 && ran[k] <= 1);
        assert(effects[k] == (slot[k] == ANSWER -> 1 : 0));
        assert(slot[k] != UNSTARTED || ran[k] == 0);
        k++
    :: else -> break
    od
}
