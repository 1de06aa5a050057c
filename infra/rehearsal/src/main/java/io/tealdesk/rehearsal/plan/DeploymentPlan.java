package io.tealdesk.rehearsal.plan;

import java.util.List;

/**
 * One environment's deployment as its files describe it.
 *
 * @param unproven what the files ask for and a rehearsal cannot play; with any of it nothing is called proven
 */
public record DeploymentPlan(
        String environment,
        LoadBalancerPlan loadBalancer,
        ServicePlan backend,
        ServicePlan frontend,
        List<Unproven> unproven) {

    public ServicePlan service(ServiceName name) {
        return name == ServiceName.BACKEND ? backend : frontend;
    }
}
