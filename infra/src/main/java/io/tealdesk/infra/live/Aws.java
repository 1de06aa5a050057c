package io.tealdesk.infra.live;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** The clients, with the caller's own credentials. */
class Aws implements AutoCloseable {

    private final Region region;
    private final @Nullable URI endpoint;
    private final CloudFormationClient cloudFormation;
    private final ElasticLoadBalancingV2Client loadBalancer;
    private final EcsClient ecs;
    private final CodeDeployClient codeDeploy;

    Aws(@Nullable String region, @Nullable String endpoint) {
        this.region = region == null ? new DefaultAwsRegionProviderChain().getRegion() : Region.of(region);
        this.endpoint = endpoint == null ? null : URI.create(endpoint);
        cloudFormation = client(CloudFormationClient.builder());
        loadBalancer = client(ElasticLoadBalancingV2Client.builder());
        ecs = client(EcsClient.builder());
        codeDeploy = client(CodeDeployClient.builder());
    }

    private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.region(region).build();
    }

    String region() {
        return region.id();
    }

    CloudFormationClient cloudFormation() {
        return cloudFormation;
    }

    ElasticLoadBalancingV2Client loadBalancer() {
        return loadBalancer;
    }

    EcsClient ecs() {
        return ecs;
    }

    CodeDeployClient codeDeploy() {
        return codeDeploy;
    }

    @Override
    public void close() {
        cloudFormation.close();
        loadBalancer.close();
        ecs.close();
        codeDeploy.close();
    }
}
