package io.tealdesk.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that accepts everything from this machine and delivers nothing. */
class MailCatcher implements AutoCloseable {

    private static final int MAIL_BYTES_MAX = 40 << 20;
    private static final int CONNECTIONS_MAX = 50;
    private static final Logger log = LoggerFactory.getLogger(MailCatcher.class);

    private final SMTPServer server;

    MailCatcher(int wantedPort, CaughtMails mails) {
        var loopback = InetAddress.getLoopbackAddress();
        server = SMTPServer.port(isFree(wantedPort, loopback) ? wantedPort : 0)
                .bindAddress(loopback)
                .softwareName("Tealdesk mail catcher")
                .maxMessageSize(MAIL_BYTES_MAX)
                .maxConnections(CONNECTIONS_MAX)
                .connectionTimeout(1, TimeUnit.MINUTES)
                .messageHandler((context, from, to, mail) -> {
                    try {
                        mails.keep(mail);
                    } catch (IOException e) {
                        throw new RejectException(451, "The mail cannot be kept: " + e.getMessage());
                    }
                })
                .build();
        server.start();
        log.info("Mail is caught on port {}", port());
    }

    int port() {
        return server.getPortAllocated();
    }

    private static boolean isFree(int port, InetAddress address) {
        try (var socket = new ServerSocket(port, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
