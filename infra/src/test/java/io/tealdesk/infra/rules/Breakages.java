package io.tealdesk.infra.rules;

import java.util.List;
import java.util.stream.Stream;

/** What could be wrong, one thing at a time, and the sentence that has to come of it. */
final class Breakages {

    static final String BACKEND_TASK = "taskdef.json";
    static final String FRONTEND_TASK = "frontend/taskdef.json";
    static final String BACKEND_SPEC = "appspec.yaml";
    static final String BUILD = "buildspec.yml";
    static final String BACKEND_IMAGE = "Dockerfile.backend";
    static final String FRONTEND_IMAGE = "Dockerfile.frontend";
    static final String NGINX = "frontend/nginx/nginx.conf";
    static final String COMPOSE = "docker-compose.yml";
    static final String SETTINGS = "backend/src/main/resources/application.yaml";
    static final String PRODUCTION = "backend/src/main/resources/application-production.yaml";
    static final String NETWORK = "infra/cloudformation/network.yaml";
    static final String DATA = "infra/cloudformation/data.yaml";
    static final String REGISTRY = "infra/cloudformation/registry.yaml";
    static final String SERVICE = "infra/cloudformation/service.yaml";
    static final String PIPELINE = "infra/cloudformation/pipeline.yaml";
    static final String STAGING = "infra/cloudformation/environments/staging.json";

    static final String CONTAINER = "containerDefinitions/0/";
    static final String TARGET = "Resources/0/TargetService/Properties/";
    static final String BACKEND_GROUP = "Resources/BackendDeploymentGroup/Properties/";
    static final String FRONTEND_GROUP = "Resources/FrontendDeploymentGroup/Properties/";
    static final String BACKEND_SERVICE = "Resources/BackendService/Properties/";
    static final String DEPLOY_BACKEND = "Resources/Pipeline/Properties/Stages/1/Actions/[Name=DeployBackend]/";

    private Breakages() {}

    static Stream<Breakage> all() {
        return Stream.of(
                        ImageBreakages.all(),
                        TaskBreakages.all(),
                        PipelineBreakages.all(),
                        BlueGreenBreakages.all(),
                        StackBreakages.all(),
                        SecurityBreakages.all(),
                        LinterBreakages.all())
                .flatMap(List::stream);
    }
}
