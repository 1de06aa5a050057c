package io.tealdesk.rehearsal.balancer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which a test writes what a client library would not, and sees each line as it comes. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        socket.setSoTimeout(10_000);
    }

    static RawConnection to(URI listener) throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), listener.getPort()));
    }

    /** Everything until the other side closes. */
    String ask(String request) throws IOException {
        write(request);
        StringBuilder answer = new StringBuilder();
        in.lines().forEach(line -> answer.append(line).append('\n'));
        return answer.toString();
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Reads on until a line is this one. */
    void awaitLine(String expected) throws IOException {
        String line = in.readLine();
        while (line != null && !line.equals(expected)) {
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("Closed before: " + expected);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
