package dev.aquifer.engine.rules;

import org.apache.calcite.rel.RelNode;

/** What a rule did. */
sealed interface Outcome {
    /** All of the operator is in the fragment now. */
    record Pushed(RelNode node) implements Outcome {}

    /** Part of it is; the rest stands above and runs in the engine. */
    record Partly(RelNode node) implements Outcome {}

    /** None of it: the reason begins with the operator's name. */
    record Refused(String reason) implements Outcome {}
}
