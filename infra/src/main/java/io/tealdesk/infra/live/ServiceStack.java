package io.tealdesk.infra.live;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/** What CloudFormation knows of an environment's service stack. */
record ServiceStack(String name, String status, Map<String, String> outputs, Map<String, String> parameters) {

    /** Empty if it was never created. */
    static Optional<ServiceStack> find(CloudFormationClient cloudFormation, String name) {
        try {
            var stack = cloudFormation
                    .describeStacks(request -> request.stackName(name))
                    .stacks()
                    .getFirst();
            return Optional.of(new ServiceStack(
                    name,
                    stack.stackStatusAsString(),
                    stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue)),
                    stack.parameters().stream()
                            .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue))));
        } catch (CloudFormationException e) {
            if (String.valueOf(e.getMessage()).contains("does not exist")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Nothing is live in one that never came up. */
    boolean isServing() {
        return !status.startsWith("REVIEW_")
                && !status.startsWith("CREATE_FAILED")
                && !status.equals("ROLLBACK_COMPLETE");
    }

    boolean isBusy() {
        return status.endsWith("_IN_PROGRESS") && !status.startsWith("REVIEW_");
    }

    String output(String key) {
        var value = outputs.get(key);
        if (value == null) {
            throw new IllegalStateException("stack " + name + " has no output " + key);
        }
        return value;
    }
}
