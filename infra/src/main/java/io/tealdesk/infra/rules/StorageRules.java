package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.refersTo;
import static io.tealdesk.infra.rules.BlueGreen.resources;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is kept: encrypted, private, for a stated time, under alarm. */
final class StorageRules {

    private StorageRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "log-retention",
                        "Each log group says how long it keeps, and everything that logs has one of its own",
                        StorageRules::logRetention),
                new Rule("encrypted", "Everything that stores is encrypted", StorageRules::encrypted),
                new Rule("kept-on-delete", "Whatever holds data outlives its stack", StorageRules::kept),
                new Rule(
                        "buckets-private",
                        "Each bucket blocks public access and refuses requests without TLS",
                        StorageRules::buckets),
                new Rule(
                        "database-guarded",
                        "The database is private, backed up, protected from deletion, TLS only, its master password"
                                + " kept by AWS",
                        StorageRules::database),
                new Rule(
                        "registry-immutable",
                        "A tag is never moved to another image, images are scanned, old ones go",
                        StorageRules::registry),
                new Rule(
                        "alarms-reach-somebody",
                        "Each alarm goes to a topic and says what to do",
                        StorageRules::alarms));
    }

    private static void logRetention(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            Set<String> groups = new LinkedHashSet<>();
            environment
                    .all()
                    .flatMap(stack -> resources(stack, "AWS::Logs::LogGroup"))
                    .forEach(group -> {
                        groups.add(group.symbol());
                        groups.add(group.properties().get("LogGroupName").text());
                        if (group.properties().get("RetentionInDays").numberOr(0) <= 0
                                && !group.properties()
                                        .get("RetentionInDays")
                                        .text()
                                        .contains("${")) {
                            findings.add(group.node(), group.id() + " keeps logs for ever", "Set RetentionInDays");
                        }
                    });
            environment.all().forEach(stack -> {
                resources(stack, "AWS::Lambda::Function").forEach(function -> {
                    Node named = function.properties().at("LoggingConfig/LogGroup");
                    boolean own = groups.contains(named.text())
                            || groups.stream()
                                    .anyMatch(group -> group.startsWith("/aws/lambda/")
                                            && (group.contains(function.symbol())
                                                    || group.endsWith("/"
                                                            + function.properties()
                                                                    .get("FunctionName")
                                                                    .textOr(function.symbol()))));
                    if (!own) {
                        findings.add(
                                function.node(),
                                function.id() + " logs to a group that AWS makes and keeps for ever",
                                "Make a log group with RetentionInDays and name it in LoggingConfig");
                    }
                });
                resources(stack, "AWS::CodeBuild::Project").forEach(project -> {
                    if (!groups.contains(project.properties()
                            .at("LogsConfig/CloudWatchLogs/GroupName")
                            .text())) {
                        findings.add(
                                project.node(),
                                project.id() + " logs to a group that AWS makes and keeps for ever",
                                "Make a log group with RetentionInDays and name it in LogsConfig");
                    }
                });
                resources(stack, "AWS::EC2::FlowLog").forEach(flow -> {
                    boolean toBucket =
                            flow.properties().get("LogDestinationType").is("s3");
                    boolean known = groups.contains(
                                    flow.properties().get("LogGroupName").text())
                            || groups.stream()
                                    .anyMatch(group -> !group.isEmpty()
                                            && flow.properties()
                                                    .get("LogDestination")
                                                    .text()
                                                    .startsWith(group.replace("}", ".")));
                    if (!toBucket && !known) {
                        findings.add(
                                flow.node(), flow.id() + " writes to a group that AWS makes", "Make one and name it");
                    }
                });
            });
        }
    }

    private static void encrypted(Delivery delivery, Findings findings) {
        Map<String, List<String>> wanted = Map.ofEntries(
                Map.entry("AWS::RDS::DBInstance", List.of("StorageEncrypted")),
                Map.entry("AWS::S3::Bucket", List.of("BucketEncryption/ServerSideEncryptionConfiguration/0")),
                Map.entry("AWS::SNS::Topic", List.of("KmsMasterKeyId")),
                Map.entry("AWS::SQS::Queue", List.of("KmsMasterKeyId")),
                Map.entry("AWS::ECR::Repository", List.of("EncryptionConfiguration/EncryptionType")),
                Map.entry("AWS::CodePipeline::Pipeline", List.of("ArtifactStore/EncryptionKey/Id")),
                Map.entry("AWS::CodeBuild::Project", List.of("EncryptionKey")),
                Map.entry("AWS::SecretsManager::Secret", List.of("KmsKeyId")),
                Map.entry("AWS::KMS::Key", List.of("EnableKeyRotation")));
        delivery.resources()
                .forEach(resource -> wanted.getOrDefault(
                                resource.node().get("Type").text(), List.of())
                        .forEach(path -> {
                            Node value = resource.properties().at(path);
                            // A snapshot brings its encryption along, and CloudFormation wants it unsaid.
                            boolean isInherited = path.equals("StorageEncrypted")
                                    && !resource.properties()
                                            .get("DBSnapshotIdentifier")
                                            .isAbsent();
                            if (!isInherited && (value.isAbsent() || value.is("false") || value.is(""))) {
                                findings.add(resource.node(), resource.id() + " has no " + path, "Set it");
                            }
                        }));
    }

    static void kept(Delivery delivery, Findings findings) {
        Map<String, Set<String>> wanted = Map.of(
                "AWS::RDS::DBInstance", Set.of("Snapshot"),
                "AWS::S3::Bucket", Set.of("Retain"),
                "AWS::SecretsManager::Secret", Set.of("Retain"),
                "AWS::ECR::Repository", Set.of("Retain"));
        for (Stacks environment : delivery.environmentsAndChoices()) {
            List<Resource> stores = environment
                    .all()
                    .flatMap(stack -> stack.resources().entrySet().stream()
                            .map(entry -> new Resource(stack, entry.getKey(), entry.getValue())))
                    .filter(resource ->
                            wanted.containsKey(resource.node().get("Type").text()))
                    .toList();
            stores.forEach(store ->
                    outlives(store, wanted.getOrDefault(store.node().get("Type").text(), Set.of()), findings));
            // What is kept can be read only as long as its key is.
            environment
                    .all()
                    .flatMap(stack -> resources(stack, "AWS::KMS::Key"))
                    .filter(key -> stores.stream().anyMatch(store -> uses(store, key)))
                    .forEach(key -> outlives(key, Set.of("Retain"), findings));
        }
    }

    private static void outlives(Resource resource, Set<String> policies, Findings findings) {
        for (String key : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            if (!policies.contains(resource.node().get(key).text())) {
                findings.add(
                        resource.node(),
                        key + " of " + resource.id() + " is "
                                + resource.node().get(key).textOr("Delete"),
                        "It goes with its data when the stack does; " + String.join(" or ", policies));
            }
        }
    }

    private static void buckets(Delivery delivery, Findings findings) {
        delivery.resources("AWS::S3::Bucket").forEach(bucket -> {
            Node block = bucket.properties().get("PublicAccessBlockConfiguration");
            for (String key :
                    List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")) {
                if (!block.get(key).isTrue()) {
                    findings.add(bucket.node(), bucket.id() + " does not set " + key, "Set all four to true");
                }
            }
            if (bucket.properties().has("AccessControl")) {
                findings.add(bucket.node(), bucket.id() + " has an access control list", "Use a bucket policy");
            }
            boolean tlsOnly = resources(bucket.stack(), "AWS::S3::BucketPolicy")
                    .filter(policy -> refersTo(policy.properties().get("Bucket"), bucket))
                    .flatMap(policy -> policy.properties().at("PolicyDocument/Statement").items().stream())
                    .anyMatch(statement -> statement.get("Effect").is("Deny")
                            && statement
                                    .at("Condition/Bool")
                                    .get("aws:SecureTransport")
                                    .is("false"));
            if (!tlsOnly) {
                findings.add(
                        bucket.node(),
                        bucket.id() + " answers requests without TLS",
                        "Add a bucket policy that denies them: aws:SecureTransport false");
            }
        });
        delivery.resources("AWS::S3::BucketPolicy")
                .forEach(policy -> policy.properties().at("PolicyDocument/Statement").items().stream()
                        .filter(statement -> statement.get("Effect").is("Allow"))
                        .filter(statement -> statement.get("Principal").is("*")
                                || statement.at("Principal/AWS").texts().contains("*"))
                        .forEach(statement ->
                                findings.add(statement, policy.id() + " allows everybody", "Name the principal")));
    }

    static void database(Delivery delivery, Findings findings) {
        delivery.resources("AWS::RDS::DBInstance").forEach(database -> {
            Node properties = database.properties();
            if (!properties.get("PubliclyAccessible").is("false")) {
                findings.add(database.node(), database.id() + " has a public address", "PubliclyAccessible: false");
            }
            if (!properties.get("DeletionProtection").isTrue()) {
                findings.add(database.node(), database.id() + " can be deleted by a slip", "DeletionProtection: true");
            }
            if (properties.get("BackupRetentionPeriod").numberOr(0) < 7) {
                findings.add(
                        database.node(),
                        database.id() + " keeps backups for "
                                + properties.get("BackupRetentionPeriod").numberOr(0) + " days",
                        "BackupRetentionPeriod: at least 7");
            }
            if (!properties.get("ManageMasterUserPassword").isTrue() || properties.has("MasterUserPassword")) {
                findings.add(
                        database.node(),
                        "the master password of " + database.id() + " is not kept and rotated by AWS",
                        "ManageMasterUserPassword: true, and no MasterUserPassword");
            }
            boolean forced = resources(database.stack(), "AWS::RDS::DBParameterGroup")
                    .filter(group -> refersTo(properties.get("DBParameterGroupName"), group))
                    .anyMatch(group -> group.properties()
                            .get("Parameters")
                            .get("rds.force_ssl")
                            .is("1"));
            if (!forced) {
                findings.add(
                        database.node(),
                        database.id() + " accepts connections without TLS",
                        "Give it a parameter group with rds.force_ssl: 1");
            }
        });
    }

    static void registry(Delivery delivery, Findings findings) {
        delivery.resources("AWS::ECR::Repository").forEach(repository -> {
            if (!repository.properties().get("ImageTagMutability").is("IMMUTABLE")) {
                findings.add(repository.node(), "tags of " + repository.id() + " can be moved", "IMMUTABLE");
            }
            if (!repository
                    .properties()
                    .at("ImageScanningConfiguration/ScanOnPush")
                    .isTrue()) {
                findings.add(
                        repository.node(), "images in " + repository.id() + " are not scanned", "ScanOnPush: true");
            }
            if (repository
                    .properties()
                    .at("LifecyclePolicy/LifecyclePolicyText")
                    .isAbsent()) {
                findings.add(repository.node(), repository.id() + " grows for ever", "Add a LifecyclePolicy");
            }
        });
    }

    private static void alarms(Delivery delivery, Findings findings) {
        delivery.resources("AWS::CloudWatch::Alarm").forEach(alarm -> {
            if (alarm.properties().get("AlarmActions").items().isEmpty()) {
                findings.add(alarm.node(), alarm.id() + " tells nobody", "AlarmActions: the alarm topic");
            }
            if (alarm.properties().get("AlarmDescription").text().length() < 40) {
                findings.add(alarm.node(), alarm.id() + " does not say what to do", "Write it in AlarmDescription");
            }
        });
        // A copied alarm that still watches the other colour: its name and its metric disagree.
        delivery.resources("AWS::CloudWatch::Alarm")
                .forEach(alarm -> Stream.of("Blue", "Green").forEach(color -> {
                    String other = color.equals("Blue") ? "Green" : "Blue";
                    boolean watchesOther = own(alarm)
                            .anyMatch(metric -> metric.scalars()
                                    .anyMatch(value -> value.text()
                                            .matches("\\$\\{\\w+:\\w*" + other + "\\w*\\.TargetGroupFullName}")));
                    if (alarm.id().contains(color) && watchesOther) {
                        findings.add(
                                alarm.node(),
                                alarm.id() + " watches the target group of " + other.toLowerCase(Locale.ROOT),
                                "Copied and not changed? Watch the colour that its name says");
                    }
                }));
    }

    /** What an alarm watches, without the metric called other that it compares it with. */
    private static Stream<Node> own(Resource alarm) {
        Node metrics = alarm.properties().get("Metrics");
        return metrics.isPresent()
                ? metrics.items().stream().filter(metric -> !metric.get("Id").is("other"))
                : Stream.of(alarm.properties());
    }

    private static boolean uses(Resource store, Resource key) {
        return store.properties().scalars().anyMatch(value -> refersTo(value, key));
    }
}
