/** The engine: catalog, SQL, planner rules, translation, client, execution, Flight SQL. */
@NullMarked
package dev.aquifer.engine;

import org.jspecify.annotations.NullMarked;
