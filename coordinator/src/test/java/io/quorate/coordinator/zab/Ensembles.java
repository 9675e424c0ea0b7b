package io.quorate.coordinator.zab;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Owns the ensembles that the tests of this package need. */
final class Ensembles {

    private Ensembles() {}

    /** Voters 1 to n that decide by majority. */
    static Members voters(int count) {
        return withObservers(count, List.of());
    }

    static Members withObservers(int voters, List<Long> observers) {
        return new Members(
                LongStream.rangeClosed(1, voters).boxed().toList(), observers, Map.of(), Map.of(), "version=0");
    }

    /** Voters 1, 2, … with these weights, in groups of this size: the first ones in group 1. */
    static Members grouped(int groupSize, long... weights) {
        List<Long> sids = LongStream.rangeClosed(1, weights.length).boxed().toList();
        return new Members(
                sids,
                List.of(),
                sids.stream().collect(toMap(Function.identity(), sid -> 1 + (sid - 1) / groupSize)),
                sids.stream().collect(toMap(Function.identity(), sid -> weights[(int) (sid - 1)])),
                "version=0");
    }

    /** The settings of a member, with the times that are the default. */
    static ZabSettings settings(long sid, Members members) {
        return new ZabSettings(sid, members, 2000, 10, 5, 200, 60_000, 500, 0, 1 << 20, false, 0xffff_fffeL, -1);
    }
}
