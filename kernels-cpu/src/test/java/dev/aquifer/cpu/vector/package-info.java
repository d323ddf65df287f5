@NullMarked
package dev.aquifer.cpu.vector;

import org.jspecify.annotations.NullMarked;
