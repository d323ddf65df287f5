/**
 * Who is asking, and what they may use: bearer tokens, and the file that maps them to tenants. May use {@code metrics}.
 * It must not know what a tenant is using now; that is {@code admission}'s business.
 */
@NullMarked
package dev.aquifer.service.tenant;

import org.jspecify.annotations.NullMarked;
