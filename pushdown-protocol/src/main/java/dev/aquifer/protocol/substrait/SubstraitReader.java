package dev.aquifer.protocol.substrait;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.Fragment;
import io.substrait.proto.Plan;
import io.substrait.proto.Rel;
import io.substrait.proto.RelRoot;
import java.io.IOException;
import java.util.List;

/**
 * Substrait plans as fragments. What is accepted: {@code read filter* project*} and then nothing, a fetch, an aggregation in its
 * first phase, or a fetch over a sort, in any order of filters and projections; field references may go through them. Plans of
 * other clients need nothing of Aquifer's own, except where Substrait cannot say what they mean.
 */
public final class SubstraitReader {
    /** Protobuf messages that an expression is deep in for one level, and those around it. */
    private static final int MESSAGES_A_LEVEL = 3;

    private static final int MESSAGES_AROUND = 100;

    private SubstraitReader() {}

    /**
     * The request that a serialized plan stands for; its fragment has passed {@link Fragment#check()}.
     *
     * @throws AquiferException INVALID_PLAN, PLAN_TOO_LARGE, UNKNOWN_FUNCTION, TYPE_MISMATCH or UNSUPPORTED, saying what is wrong
     */
    public static FragmentRequest fromBytes(ByteString plan) {
        return fromBytes(plan, PlanLimits.DEFAULT);
    }

    public static FragmentRequest fromBytes(ByteString plan, PlanLimits limits) {
        if (plan.size() > limits.maxBytes()) {
            throw new AquiferException(
                    ErrorCode.PLAN_TOO_LARGE,
                    "the plan takes " + plan.size() + " bytes, more than " + limits.maxBytes());
        }
        CodedInputStream in = plan.newCodedInput();
        int depth = limits.maxDepth() * MESSAGES_A_LEVEL + MESSAGES_AROUND;
        in.setRecursionLimit(depth);
        Plan parsed;
        try {
            parsed = Plan.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            if (isRecursion(e)) {
                throw new AquiferException(
                        ErrorCode.PLAN_TOO_LARGE, "the plan is deeper than " + depth + " messages", e);
            }
            throw notAPlan(e);
        } catch (IOException e) {
            throw notAPlan(e);
        }
        return fromPlan(parsed, limits);
    }

    private static AquiferException notAPlan(IOException e) {
        return new AquiferException(ErrorCode.INVALID_PLAN, "the bytes are not a Substrait plan: " + e.getMessage(), e);
    }

    /** Protobuf has no type for it. A test holds that the words stay. */
    private static boolean isRecursion(InvalidProtocolBufferException e) {
        String message = e.getMessage();
        return message != null && message.contains("too many levels of nesting");
    }

    public static FragmentRequest fromPlan(Plan plan) {
        return fromPlan(plan, PlanLimits.DEFAULT);
    }

    public static FragmentRequest fromPlan(Plan plan, PlanLimits limits) {
        Extensions.refuse(plan.getAdvancedExtensions(), "the plan");
        if (plan.getRelationsCount() != 1) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "the plan has " + plan.getRelationsCount() + " relations, not one");
        }
        RelationReader reader = new RelationReader(new ExpressionReader(limits, FunctionName.declaredBy(plan)), limits);
        return switch (plan.getRelations(0).getRelTypeCase()) {
            case ROOT -> {
                RelRoot root = plan.getRelations(0).getRoot();
                yield named(request(reader, root.getInput()), root.getNamesList());
            }
            case REL -> request(reader, plan.getRelations(0).getRel());
            case RELTYPE_NOT_SET -> throw new AquiferException(ErrorCode.INVALID_PLAN, "the relation is not set");
        };
    }

    private static FragmentRequest request(RelationReader reader, Rel rel) {
        FragmentRequest request = reader.read(rel);
        request.fragment().check();
        return request;
    }

    private static FragmentRequest named(FragmentRequest request, List<String> names) {
        int outputs = request.fragment().outputTypes().size();
        if (!names.isEmpty() && names.size() != outputs) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "the plan names " + names.size() + " columns, and gives " + outputs);
        }
        return request;
    }
}
