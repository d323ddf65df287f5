/**
 * Who is asking, what they may use and which files they may read: bearer tokens, the file that maps them to tenants, and the
 * owner's locations. May use {@code metrics}.
 * It must not know what a tenant is using now; that is {@code admission}'s business.
 */
@NullMarked
package dev.aquifer.service.tenant;

import org.jspecify.annotations.NullMarked;
