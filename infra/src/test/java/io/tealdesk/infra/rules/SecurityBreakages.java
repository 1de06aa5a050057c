package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.Breakage.remove;
import static io.tealdesk.infra.rules.Breakage.set;
import static io.tealdesk.infra.rules.Breakages.BACKEND_SERVICE;
import static io.tealdesk.infra.rules.Breakages.DATA;
import static io.tealdesk.infra.rules.Breakages.NETWORK;
import static io.tealdesk.infra.rules.Breakages.PIPELINE;
import static io.tealdesk.infra.rules.Breakages.REGISTRY;
import static io.tealdesk.infra.rules.Breakages.SERVICE;
import static io.tealdesk.infra.rules.Breakages.STAGING;

import java.util.List;

/** Network, access, storage. */
final class SecurityBreakages {

    private SecurityBreakages() {}

    static List<Breakage> all() {
        return List.of(
                set(
                        "nothing-in-public",
                        SERVICE,
                        BACKEND_SERVICE + "NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp",
                        "ENABLED",
                        "the tasks of BackendService get public addresses"),
                set(
                        "nothing-in-public",
                        SERVICE,
                        BACKEND_SERVICE + "NetworkConfiguration/AwsvpcConfiguration/Subnets",
                        "{\"Fn::Split\": [\",\", {\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PublicSubnets\"}}]}",
                        "BackendService stands in ${network:PublicSubnet1}"),
                set(
                        "nothing-in-public",
                        DATA,
                        "Resources/DatabaseSubnets/Properties/SubnetIds",
                        "{\"Fn::Split\": [\",\", {\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PublicSubnets\"}}]}",
                        "DatabaseSubnets stands in"),
                set(
                        "nothing-in-public",
                        PIPELINE,
                        "Resources/MigrateProject/Properties/Environment/EnvironmentVariables/[Name=SUBNETS]/Value",
                        "{\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PublicSubnets\"}}",
                        "SUBNETS holds the public subnet"),
                set(
                        "nothing-in-public",
                        NETWORK,
                        "Resources/PrivateSubnet1/Properties/MapPublicIpOnLaunch",
                        "true",
                        "PrivateSubnet1 gives public addresses"),
                set(
                        "database-isolated",
                        DATA,
                        "Resources/DatabaseSubnets/Properties/SubnetIds",
                        "{\"Fn::Split\": [\",\", {\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PrivateSubnets\"}}]}",
                        "which has a route to a NAT gateway"),
                set(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/DatabaseFromBackend/Properties",
                        "{\"GroupId\": {\"Ref\": \"DatabaseSecurityGroup\"}, \"IpProtocol\": \"tcp\", \"FromPort\": 5432, \"ToPort\": 5432, \"CidrIp\": \"0.0.0.0/0\"}",
                        "lets the whole internet in on port 5432"),
                set(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/LoadBalancerFromHookHttps/Properties",
                        "{\"GroupId\": {\"Ref\": \"LoadBalancerSecurityGroup\"}, \"IpProtocol\": \"tcp\", \"FromPort\": 8443, \"ToPort\": 8443, \"CidrIp\": \"0.0.0.0/0\"}",
                        "The test listener is for the hook only"),
                set(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/BackendFromLoadBalancer/Properties/ToPort",
                        "4000",
                        "opens more than one port"),
                remove(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/DatabaseFromBackend",
                        "no security group rule lets the backend reach the database on port 5432"),
                remove(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/LoadBalancerSecurityGroup/Properties/SecurityGroupEgress/0",
                        "no egress rule lets the load balancer call backend on port 3000"),
                set(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/DatabaseFromBackend/Properties/SourceSecurityGroupId",
                        "{\"Ref\": \"LoadBalancerSecurityGroup\"}",
                        "the load balancer may reach the database"),
                remove(
                        "security-groups-described",
                        NETWORK,
                        "Resources/DatabaseFromBackend/Properties/Description",
                        "has no Description"),
                set(
                        "no-star-resource",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=SignIn]/Resource",
                        "\"*\"",
                        "allows secretsmanager:GetSecretValue on every resource"),
                set(
                        "no-star-resource",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=SignIn]/Action",
                        "secretsmanager:*",
                        "allows secretsmanager:*"),
                set(
                        "no-star-resource",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=SignIn]/NotAction",
                        "iam:*",
                        "allows all but some"),
                remove(
                        "secret-needs-its-key",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=Decrypt]",
                        "SmokeTestPolicy may read ${data:SyntheticCustomerSecret} but not use its key"),
                set(
                        "no-broad-managed-policies",
                        SERVICE,
                        "Resources/CodeDeployRole/Properties/ManagedPolicyArns",
                        "[\"arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS\"]",
                        "has the managed policy AWSCodeDeployRoleForECS"),
                set(
                        "trust",
                        SERVICE,
                        "Resources/BackendTaskRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal",
                        "\"*\"",
                        "may be assumed by anybody"),
                remove(
                        "trust",
                        SERVICE,
                        "Resources/BackendTaskRole/Properties/AssumeRolePolicyDocument/Statement/0/Condition",
                        "on behalf of another account"),
                set(
                        "no-secrets-in-templates",
                        DATA,
                        "Resources/Database/Properties/MasterUserPassword",
                        "correct-horse",
                        "MasterUserPassword of Database is written as a value"),
                set(
                        "no-secrets-in-templates",
                        PIPELINE,
                        "Resources/BackendBuildProject/Properties/Environment/EnvironmentVariables/+",
                        "{\"Name\": \"GITHUB_TOKEN\", \"Value\": \"abc\"}",
                        "GITHUB_TOKEN of BackendBuildProject is written as a value"),
                set(
                        "no-secrets-in-templates",
                        SERVICE,
                        "Parameters/DatabasePassword",
                        "{\"Type\": \"String\", \"NoEcho\": true}",
                        "the parameter DatabasePassword takes a secret"),
                remove(
                        "log-retention",
                        SERVICE,
                        "Resources/BackendLogGroup/Properties/RetentionInDays",
                        "BackendLogGroup keeps logs for ever"),
                remove(
                        "log-retention",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/LoggingConfig",
                        "logs to a group that AWS makes"),
                remove(
                        "log-retention",
                        PIPELINE,
                        "Resources/BackendBuildProject/Properties/LogsConfig",
                        "logs to a group that AWS makes"),
                set(
                        "encrypted",
                        DATA,
                        "Resources/Database/Properties/StorageEncrypted",
                        "false",
                        "Database has no StorageEncrypted"),
                remove(
                        "encrypted",
                        DATA,
                        "Resources/<AWS::SNS::Topic>/Properties/KmsMasterKeyId",
                        "has no KmsMasterKeyId"),
                remove(
                        "encrypted",
                        REGISTRY,
                        "Resources/BackendRepository/Properties/EncryptionConfiguration",
                        "BackendRepository has no EncryptionConfiguration"),
                set(
                        "kept-on-delete",
                        DATA,
                        "Resources/Database/DeletionPolicy",
                        "Delete",
                        "DeletionPolicy of Database is Delete"),
                remove(
                        "kept-on-delete",
                        DATA,
                        "Resources/<AWS::S3::Bucket>/UpdateReplacePolicy",
                        "UpdateReplacePolicy of"),
                remove(
                        "kept-on-delete",
                        PIPELINE,
                        "Resources/ArtifactKey/DeletionPolicy",
                        "DeletionPolicy of ArtifactKey is Delete"),
                set(
                        "buckets-private",
                        DATA,
                        "Resources/<AWS::S3::Bucket>/Properties/PublicAccessBlockConfiguration/BlockPublicPolicy",
                        "false",
                        "does not set BlockPublicPolicy"),
                remove(
                        "buckets-private",
                        PIPELINE,
                        "Resources/ArtifactBucketPolicy",
                        "ArtifactBucket answers requests without TLS"),
                set(
                        "database-guarded",
                        DATA,
                        "Resources/Database/Properties/PubliclyAccessible",
                        "true",
                        "has a public address"),
                set(
                        "database-guarded",
                        DATA,
                        "Resources/Database/Properties/DeletionProtection",
                        "false",
                        "can be deleted by a slip"),
                set("database-guarded", STAGING, "Stacks/data/BackupRetentionDays", "1", "keeps backups for 1 days"),
                remove(
                        "database-guarded",
                        DATA,
                        "Resources/Database/Properties/ManageMasterUserPassword",
                        "is not kept and rotated by AWS"),
                set(
                        "database-guarded",
                        DATA,
                        "Resources/DatabaseParameters/Properties/Parameters/rds.force_ssl",
                        "\"0\"",
                        "accepts connections without TLS"),
                set(
                        "tls",
                        SERVICE,
                        "Resources/ProductionListener/Properties/SslPolicy",
                        "ELBSecurityPolicy-2016-08",
                        "uses the TLS policy ELBSecurityPolicy-2016-08"),
                set(
                        "tls",
                        SERVICE,
                        "Resources/RedirectListener/Properties/DefaultActions",
                        "[{\"Type\": \"fixed-response\"}]",
                        "serves without TLS beside a listener with it"),
                set(
                        "registry-immutable",
                        REGISTRY,
                        "Resources/BackendRepository/Properties/ImageTagMutability",
                        "MUTABLE",
                        "tags of BackendRepository can be moved"),
                remove(
                        "registry-immutable",
                        REGISTRY,
                        "Resources/FrontendRepository/Properties/LifecyclePolicy",
                        "FrontendRepository grows for ever"),
                remove(
                        "alarms-reach-somebody",
                        SERVICE,
                        "Resources/LoadBalancerErrorsAlarm/Properties/AlarmActions",
                        "LoadBalancerErrorsAlarm tells nobody"),
                set(
                        "alarms-reach-somebody",
                        SERVICE,
                        "Resources/BackendGreenServerErrorsAlarm/Properties/Dimensions/1/Value",
                        "{\"Fn::GetAtt\": [\"BackendBlueTargetGroup\", \"TargetGroupFullName\"]}",
                        "BackendGreenServerErrorsAlarm watches the target group of blue"),
                set(
                        "alarms-reach-somebody",
                        SERVICE,
                        "Resources/BackendGreenSlowerAlarm/Properties/Metrics/0/MetricStat/Metric/Dimensions/1/Value",
                        "{\"Fn::GetAtt\": [\"BackendBlueTargetGroup\", \"TargetGroupFullName\"]}",
                        "BackendGreenSlowerAlarm watches the target group of blue"),
                set("mail-port", STAGING, "Stacks/pipeline/SmtpPort", "\"25\"", "SMTP_PORT is 25"));
    }
}
