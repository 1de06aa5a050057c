package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Holds a JSON file against a request of an AWS API, as AWS's own SDK knows it: names of keys and kinds of values. */
final class ApiShape {

    private ApiShape() {}

    static void check(Node object, SdkPojo shape, String whose) {
        if (!object.isMap()) {
            throw new UnreadableFile(object.place(), whose + " is " + kindOf(object) + ". AWS takes an object: {…}");
        }
        Map<String, SdkField<?>> fields = new TreeMap<>();
        shape.sdkFields().forEach(field -> fields.put(field.locationName(), field));
        object.entries().forEach((key, value) -> {
            SdkField<?> field = fields.get(key);
            if (field == null) {
                throw new UnreadableFile(
                        value.place(),
                        "AWS knows no " + key + " in " + whose
                                + Spelling.closest(key, fields.keySet())
                                        .map(meant -> ". Did you mean " + meant + "?")
                                        .orElse(". Known are " + String.join(", ", fields.keySet())));
            }
            value(value, field, key);
        });
    }

    private static void value(Node value, SdkField<?> field, String key) {
        MarshallingType<?> type = field.marshallingType();
        if (type.equals(MarshallingType.SDK_POJO)) {
            check(value, field.constructor().get(), key);
        } else if (type.equals(MarshallingType.LIST)) {
            if (!value.isList()) {
                throw new UnreadableFile(value.place(), key + " is " + kindOf(value) + ". AWS takes a list: […]");
            }
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            value.items().forEach(item -> value(item, member, key));
        } else if (type.equals(MarshallingType.MAP)) {
            if (!value.isMap()) {
                throw new UnreadableFile(value.place(), key + " is " + kindOf(value) + ". AWS takes an object: {…}");
            }
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            value.entries().forEach((name, each) -> value(each, member, name));
        } else {
            scalar(value, type, key);
        }
    }

    private static void scalar(Node value, MarshallingType<?> type, String key) {
        boolean quoted = value.isQuoted();
        boolean right;
        String wanted;
        if (type.equals(MarshallingType.STRING)) {
            right = value.isText() && quoted;
            wanted = "a text: write \"" + (value.isText() ? value.text() : "…") + "\"";
        } else if (type.equals(MarshallingType.BOOLEAN)) {
            right = !quoted && (value.is("true") || value.is("false"));
            wanted = "true or false, without quotation marks";
        } else {
            right = !quoted && value.text().matches("-?\\d+");
            wanted = "a whole number, without quotation marks";
        }
        if (!right) {
            throw new UnreadableFile(value.place(), key + " is " + kindOf(value) + ". AWS takes " + wanted);
        }
    }

    private static String kindOf(Node value) {
        if (value.isList()) {
            return "a list";
        }
        if (value.isMap()) {
            return "an object";
        }
        return value.isQuoted() ? "the text \"" + value.text() + "\"" : value.isText() ? value.text() : "empty";
    }
}
