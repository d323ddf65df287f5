@NullMarked
package dev.aquifer.cpu.device;

import org.jspecify.annotations.NullMarked;
