package io.tealdesk.hooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/**
 * Finds the private addresses of the load balancer's members. Its public name leads to public addresses, from which a
 * security group does not recognise the hook.
 */
class LoadBalancerAddresses {

    private final Ec2Client ec2;

    LoadBalancerAddresses(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    /** The interfaces bear "ELB app/name/id"; nothing else links them to their load balancer. */
    List<InetAddress> of(String loadBalancerName) {
        var description = Filter.builder()
                .name("description")
                .values("ELB app/" + loadBalancerName + "/*")
                .build();
        var inUse = Filter.builder().name("status").values("in-use").build();
        var addresses = new ArrayList<InetAddress>();
        for (var found : ec2.describeNetworkInterfacesPaginator(request -> request.filters(description, inUse))
                .networkInterfaces()) {
            addresses.add(address(found));
        }
        if (addresses.isEmpty()) {
            throw new CheckFailed("the load balancer " + loadBalancerName + " has no network interface");
        }
        return addresses;
    }

    private static InetAddress address(NetworkInterface found) {
        try {
            return InetAddress.getByName(found.privateIpAddress());
        } catch (UnknownHostException e) {
            throw new CheckFailed("no address: " + OneLine.of(found.privateIpAddress()));
        }
    }
}
