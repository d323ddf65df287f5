package dev.aquifer.hwtests.conformance;

import dev.aquifer.hwtests.generate.RandomColumns;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run of the suite has reached: how many stripes each operation had whose argument was a column of a type in an encoding.
 * Operations are primitives that read a column, and what sinks do with one: aggregates, keys of groups and of orders, rows.
 */
public final class Coverage {
    /** A column that an operation reads as it lies in a block. */
    private record Place(DataType type, Encoding encoding) {}

    private final Map<String, Map<Place, Integer>> counts = new TreeMap<>();

    /** Counts a program over some stripes. */
    void add(Program program, List<Stripe> stripes) {
        for (Op op : program.ops()) {
            String name = op.primitive().name();
            if (op.primitive() == Primitive.CAST) {
                name += " AS " + op.type();
            }
            if (op.primitive() == Primitive.LOAD) {
                count(name, op, stripes);
            }
            for (int arg : op.args()) {
                count(name, program, arg, stripes);
            }
        }
        switch (program.sink()) {
            case Sink.Rows rows -> rows.outputs().forEach(register -> count("(rows)", program, register, stripes));
            case Sink.TopN top ->
                top.keys()
                        .forEach(key -> count("(order)", program, top.outputs().get(key.column()), stripes));
            case Sink.Aggregate aggregate -> {
                aggregate.keys().forEach(register -> count("(group)", program, register, stripes));
                aggregate.calls().stream()
                        .filter(call -> call.arg() >= 0)
                        .forEach(call -> count("(" + call.function() + ")", program, call.arg(), stripes));
            }
        }
    }

    private void count(String name, Program program, int register, List<Stripe> stripes) {
        Op op = program.ops().get(register);
        if (op.primitive() == Primitive.LOAD) {
            count(name, op, stripes);
        }
    }

    private void count(String name, Op load, List<Stripe> stripes) {
        Map<Place, Integer> places = counts.computeIfAbsent(name, key -> new LinkedHashMap<>());
        for (Stripe stripe : stripes) {
            Place place =
                    new Place(load.type(), stripe.columns().get(load.index()).encoding());
            places.merge(place, 1, Integer::sum);
        }
    }

    /** The primitives that read no column at all. */
    public List<Primitive> missing() {
        return Stream.of(Primitive.values())
                .filter(primitive -> primitive != Primitive.PARAMETER)
                .filter(primitive -> counts.keySet().stream().noneMatch(isOf(primitive)))
                .toList();
    }

    private static Predicate<String> isOf(Primitive primitive) {
        return name -> name.equals(primitive.name()) || name.startsWith(primitive.name() + " ");
    }

    /** Encodings in which an operation never met a type that it met in another, as {@code EQUAL of INT8 in PACKED}. */
    public List<String> holes() {
        List<String> holes = new ArrayList<>();
        counts.forEach((name, places) -> types(places).forEach(type -> {
            for (Encoding encoding : RandomColumns.encodings(type)) {
                if (!places.containsKey(new Place(type, encoding))) {
                    holes.add(name + " of " + type + " in " + encoding);
                }
            }
        }));
        return holes;
    }

    private static List<DataType> types(Map<Place, Integer> places) {
        return places.keySet().stream().map(Place::type).distinct().toList();
    }

    /** A line an operation: types, types in encodings, and the fewest stripes that one of them had. */
    public List<String> lines() {
        return counts.entrySet().stream()
                .map(entry -> {
                    Map<Place, Integer> places = entry.getValue();
                    int fewest = places.values().stream()
                            .mapToInt(Integer::intValue)
                            .min()
                            .orElse(0);
                    return entry.getKey() + ": " + types(places).size() + " types, " + places.size()
                            + " types in encodings, " + fewest + " stripes or more each";
                })
                .collect(Collectors.toList());
    }

    /** Operations, types in encodings and holes, counted. */
    @Override
    public String toString() {
        int places = counts.values().stream().mapToInt(Map::size).sum();
        return counts.size() + " operations over " + places + " types in encodings, " + holes().size() + " holes";
    }
}
