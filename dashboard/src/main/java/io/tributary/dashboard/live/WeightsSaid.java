package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tributary.core.Weights;
import java.util.Arrays;

/** Weights by the members' places; NaN for a member that has none. */
record WeightsSaid(double[] byPlace) {

    static WeightsSaid of(Weights weights, Names members) {
        int[] places = Arrays.stream(weights.members()).mapToInt(members::place).toArray();
        double[] byPlace = new double[members.count()];
        Arrays.fill(byPlace, Double.NaN);
        for (int k = 0; k < places.length; k++) {
            byPlace[places[k]] = weights.weight(k);
        }
        return new WeightsSaid(byPlace);
    }

    double of(int place) {
        return place < byPlace.length ? byPlace[place] : Double.NaN;
    }

    void write(ArrayNode into) {
        for (double weight : byPlace) {
            Json.add(into, weight);
        }
    }
}
