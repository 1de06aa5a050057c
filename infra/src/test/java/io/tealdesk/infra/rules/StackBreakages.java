package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.Breakage.append;
import static io.tealdesk.infra.rules.Breakage.missing;
import static io.tealdesk.infra.rules.Breakage.remove;
import static io.tealdesk.infra.rules.Breakage.replace;
import static io.tealdesk.infra.rules.Breakage.set;
import static io.tealdesk.infra.rules.Breakages.NETWORK;
import static io.tealdesk.infra.rules.Breakages.SERVICE;
import static io.tealdesk.infra.rules.Breakages.STAGING;

import java.util.List;

/** Templates, environments and the deploy script. */
final class StackBreakages {

    private StackBreakages() {}

    static List<Breakage> all() {
        return List.of(
                set(
                        "references-resolve",
                        SERVICE,
                        "Resources/LoadBalancer/Properties/Subnets",
                        "{\"Fn::Split\": [\",\", {\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PublicSubnet\"}}]}",
                        "imports tealdesk-production-network-PublicSubnet, which no stack"),
                set(
                        "references-resolve",
                        SERVICE,
                        "Resources/LoadBalancer/Properties/Name",
                        "{\"Ref\": \"Nowhere\"}",
                        "there is no resource or parameter Nowhere"),
                set(
                        "references-resolve",
                        SERVICE,
                        "Resources/RedirectListener/Condition",
                        "HasCertificat",
                        "there is no condition HasCertificat"),
                missing("references-resolve", "infra/cloudformation/observability.yaml", "the template is missing"),
                set(
                        "environment-parameters",
                        STAGING,
                        "Stacks/service/Hostname",
                        "x",
                        "the stack service has no parameter Hostname"),
                remove(
                        "environment-parameters",
                        STAGING,
                        "Stacks/data/AlarmEmail",
                        "gives the stack data no AlarmEmail"),
                set("environment-parameters", STAGING, "Stacks/service/MinimumTasks", "7", "MinimumTasks is 7"),
                set("environment-parameters", STAGING, "Stacks/network/InternetAccess", "yes", "InternetAccess is yes"),
                replace(
                        "deploy-order",
                        "infra/deploy.sh",
                        "^order=\\(network data",
                        "order=(data network",
                        "deploys in the order [data, network"),
                replace(
                        "deploy-order",
                        "infra/deploy.sh",
                        "\\[observability\\]=\"data service\"",
                        "[observability]=\"service\"",
                        "observability has the parameter DataStack"),
                set(
                        "exports-named-after-stack",
                        NETWORK,
                        "Outputs/Vpc/Export/Name",
                        "tealdesk-vpc",
                        "the export Vpc is called tealdesk-vpc"),
                append("plain-yaml", NETWORK, "x: &anchor y", "the YAML alias &anchor"),
                set(
                        "no-physical-role-names",
                        SERVICE,
                        "Resources/BackendTaskRole/Properties/RoleName",
                        "backend",
                        "BackendTaskRole has a name of its own"),
                remove(
                        "parameters-described",
                        SERVICE,
                        "Parameters/HostName/Description",
                        "the parameter HostName has no Description"),
                replace(
                        "log-filters",
                        "infra/cloudformation/observability.yaml",
                        "has failed for good",
                        "was given up",
                        "no line of the backend's log says \"was given up\""));
    }
}
