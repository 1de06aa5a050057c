package io.tealdesk.infra.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One template evaluated for one environment: parameters, conditions and functions are worked out as far as they can be
 * without AWS. What only AWS knows stays a symbol that says whose it is: {@code ${service:BackendTaskRole.Arn}}. The same
 * thing seen from another stack is the same symbol, so two files agree when the texts are equal.
 *
 * @param name the short name, as {@code service}
 * @param file the template's path
 */
public record Stack(
        String name,
        String file,
        String stackName,
        Node template,
        Map<String, Node> parameters,
        Map<String, Node> resources,
        Map<String, Node> outputs,
        List<Problem> problems) {

    /** What could not be worked out: an import nobody exports, a parameter nobody gives. */
    public record Problem(Place place, String what) {}

    /** A resource's evaluated properties; absent where there is no such resource or its condition is false. */
    public Node properties(String logicalId) {
        return resource(logicalId).get("Properties");
    }

    public Node resource(String logicalId) {
        Node resource = resources.get(logicalId);
        return resource != null ? resource : Node.absent(new Place(file, 0), "Resources/" + logicalId);
    }

    /** The resources of a type by logical id, in the template's order. */
    public Map<String, Node> resources(String type) {
        Map<String, Node> found = new LinkedHashMap<>();
        resources.forEach((id, resource) -> {
            if (resource.get("Type").is(type)) {
                found.put(id, resource);
            }
        });
        return found;
    }

    public String symbol(String logicalId) {
        return "${" + name + ":" + logicalId + "}";
    }

    public String symbol(String logicalId, String attribute) {
        return "${" + name + ":" + logicalId + "." + attribute + "}";
    }
}
