package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.Breakage.append;
import static io.tealdesk.infra.rules.Breakage.remove;
import static io.tealdesk.infra.rules.Breakage.replace;
import static io.tealdesk.infra.rules.Breakage.set;
import static io.tealdesk.infra.rules.Breakages.BACKEND_IMAGE;
import static io.tealdesk.infra.rules.Breakages.COMPOSE;
import static io.tealdesk.infra.rules.Breakages.FRONTEND_IMAGE;
import static io.tealdesk.infra.rules.Breakages.NGINX;
import static io.tealdesk.infra.rules.Breakages.STAGING;

import java.util.List;

/** Images, compose and Nginx. */
final class ImageBreakages {

    private ImageBreakages() {}

    static List<Breakage> all() {
        return List.of(
                replace(
                        "base-images-pinned",
                        FRONTEND_IMAGE,
                        "^FROM nginx:\\S+",
                        "FROM nginx:latest",
                        "nginx:latest is of no certain version"),
                replace(
                        "base-images-pinned",
                        BACKEND_IMAGE,
                        "eclipse-temurin:25-jre",
                        "eclipse-temurin:21-jre",
                        "uses eclipse-temurin:21-jre, but the pom builds with <java.version>25"),
                replace(
                        "base-images-pinned",
                        COMPOSE,
                        "image: postgres:18",
                        "image: postgres",
                        "the image postgres is of no certain version"),
                replace("base-images-pinned", ".nvmrc", "\\d+", "22", "not the pom's node.version"),
                replace("user-is-a-number", BACKEND_IMAGE, "^USER 10001:10001", "USER tealdesk", "runs as tealdesk"),
                replace(
                        "context-is-small",
                        ".dockerignore",
                        "^\\*$",
                        "node_modules\ntarget",
                        ".git goes into every build's context"),
                replace(
                        "copied-paths-exist",
                        FRONTEND_IMAGE,
                        "COPY frontend/nginx/ ",
                        "COPY frontend/proxy/ ",
                        "copies frontend/proxy/"),
                append("copied-paths-exist", FRONTEND_IMAGE, "ADD https://example.com/x /x", "ADD unpacks"),
                set("compose-runs-the-images", COMPOSE, "services/backend/read_only", "false", "may write to its root"),
                remove("compose-runs-the-images", COMPOSE, "services/frontend/cap_drop", "keeps capabilities"),
                set(
                        "compose-runs-the-images",
                        COMPOSE,
                        "services/frontend/tmpfs",
                        "[\"/run\"]",
                        "cannot write to /tmp"),
                set(
                        "compose-runs-the-images",
                        COMPOSE,
                        "services/backend/stop_grace_period",
                        "10s",
                        "is given 10s to stop, in AWS 60 s"),
                set(
                        "compose-runs-the-images",
                        COMPOSE,
                        "services/backend/build/dockerfile",
                        "Dockerfile",
                        "is built from Dockerfile"),
                set(
                        "compose-runs-the-images",
                        COMPOSE,
                        "services/backend/deploy/resources/limits/memory",
                        "2g",
                        "may use 2g, its task 1024 MiB"),
                replace(
                        "compose-ports",
                        COMPOSE,
                        "TEALDESK_PORT:-8080\\}:80",
                        "TEALDESK_PORT:-8080}:8080",
                        "is not published on 8080"),
                set("compose-ports", COMPOSE, "services/backend/ports", "[\"3000:3000\"]", "the backend is published"),
                replace(
                        "compose-ports",
                        "infra/compose/api-proxy.conf",
                        "backend:3000",
                        "backend:8080",
                        "proxies to backend:8080"),
                set(
                        "compose-variables",
                        COMPOSE,
                        "services/backend/environment/TEALDESK_BASEURI",
                        "x",
                        "reads no variable TEALDESK_BASEURI"),
                set(
                        "compose-starts-in-order",
                        COMPOSE,
                        "services/frontend/depends_on",
                        "[\"backend\"]",
                        "does not wait until what it needs is healthy"),
                remove(
                        "compose-starts-in-order",
                        COMPOSE,
                        "services/database/healthcheck",
                        "database, which has no health check"),
                replace(
                        "one-postgresql",
                        COMPOSE,
                        "image: postgres:18",
                        "image: postgres:17",
                        "compose runs postgres:17"),
                replace("one-postgresql", BACKEND_IMAGE, "FROM postgres:18", "FROM postgres:16", "runs postgres:16"),
                set(
                        "one-postgresql",
                        STAGING,
                        "Stacks/data/DatabaseVersion",
                        "\"17\"",
                        "the database is PostgreSQL 17"),
                replace(
                        "nginx-caching",
                        NGINX,
                        "(location \\^~ /assets/ \\{[^}]*)try_files \\$uri =404",
                        "$1try_files \\$uri /index.html",
                        "a missing asset is answered with the page"),
                replace(
                        "nginx-caching",
                        "frontend/nginx/headers.conf",
                        ", immutable",
                        "",
                        "assets are not cached for ever"),
                replace(
                        "nginx-caching",
                        "frontend/nginx/headers.conf",
                        "no-store",
                        "max-age=60",
                        "the page may be cached"),
                replace("nginx-never-pages", NGINX, "swagger-ui\\|", "", "answers swagger-ui with the page"),
                replace(
                        "nginx-proxy-is-added",
                        NGINX,
                        "include /etc/nginx/tealdesk.d/\\*.conf;",
                        "",
                        "nothing includes /etc/nginx/tealdesk.d"),
                replace(
                        "nginx-proxy-is-added",
                        COMPOSE,
                        "./infra/compose/api-proxy.conf:",
                        "./infra/compose/proxy.conf:",
                        "mounts infra/compose/proxy.conf, which is not there"));
    }
}
