@NullMarked
package dev.aquifer.cpu.group;

import org.jspecify.annotations.NullMarked;
