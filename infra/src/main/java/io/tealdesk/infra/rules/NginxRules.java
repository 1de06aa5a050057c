package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.NginxConfiguration.Directive;
import io.tealdesk.infra.files.Place;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How pages and assets are served. */
final class NginxRules {

    private NginxRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "nginx-caching",
                        "The page is never cached, hashed assets for ever, and a missing asset is not the page",
                        NginxRules::nginxCaching),
                new Rule(
                        "nginx-never-pages",
                        "Nginx and the backend agree about the addresses that are never a page of the application",
                        NginxRules::nginxNeverPages),
                new Rule(
                        "nginx-proxy-is-added",
                        "The image proxies nothing; compose mounts the proxy where Nginx includes it",
                        NginxRules::nginxProxy));
    }

    private static void nginxCaching(Delivery delivery, Findings findings) {
        Place place = new Place("frontend/nginx/nginx.conf", 0);
        List<Directive> locations = delivery.nginx().all("location").toList();
        List<Directive> assets = locations.stream()
                .filter(location -> String.join(" ", location.arguments()).contains("/assets/"))
                .toList();
        if (assets.isEmpty()) {
            findings.add(
                    place, "there is no location for /assets/", "Hashed files are cached for ever, the page never");
        }
        for (Directive location : assets) {
            boolean fallsBack = location.directly("try_files")
                    .anyMatch(directive -> directive.arguments().getLast().contains("index.html"));
            boolean answers404 = location.directly("try_files")
                    .anyMatch(directive -> directive.arguments().getLast().equals("=404"));
            if (fallsBack || !answers404) {
                findings.add(
                        location.place(),
                        "a missing asset is answered with the page",
                        "try_files $uri =404: the browser would run HTML as a script");
            }
            boolean immutable = location.walk()
                    .anyMatch(
                            directive -> String.join(" ", directive.arguments()).contains("immutable"));
            if (!immutable && !immutableByMap(delivery)) {
                findings.add(
                        location.place(),
                        "assets are not cached for ever",
                        "Cache-Control: max-age=31536000, immutable");
            }
        }
        boolean neverCached = delivery.nginx().directives().stream()
                .flatMap(Directive::walk)
                .anyMatch(directive -> String.join(" ", directive.name(), String.join(" ", directive.arguments()))
                        .matches(".*no-(store|cache).*"));
        if (!neverCached) {
            findings.add(place, "the page may be cached", "Cache-Control: no-store or no-cache for index.html");
        }
    }

    private static boolean immutableByMap(Delivery delivery) {
        return delivery.nginx()
                .all("map")
                .anyMatch(map -> map.walk()
                        .anyMatch(directive ->
                                String.join(" ", directive.arguments()).contains("immutable")));
    }

    private static void nginxNeverPages(Delivery delivery, Findings findings) {
        String source = "backend/src/main/java/io/tealdesk/browser/BrowserConfiguration.java";
        Matcher list = Pattern.compile("NEVER_PAGES\\s*=\\s*Set\\.of\\(([^)]*)\\)")
                .matcher(delivery.tree().text(source));
        Set<String> backend = new TreeSet<>();
        if (list.find()) {
            Pattern.compile("\"([^\"]+)\"")
                    .matcher(list.group(1))
                    .results()
                    .forEach(name -> backend.add(name.group(1)));
        }
        Set<String> nginx = new TreeSet<>();
        Place place = new Place("frontend/nginx/nginx.conf", 0);
        for (Directive location : delivery.nginx().all("location").toList()) {
            Matcher names = Pattern.compile("\\^/\\(\\?:([\\w|-]+)\\)").matcher(String.join(" ", location.arguments()));
            if (names.find()) {
                place = location.place();
                nginx.addAll(List.of(names.group(1).split("\\|", -1)));
            }
        }
        for (String name : backend) {
            if (!nginx.contains(name)) {
                findings.add(place, "Nginx answers " + name + " with the page, the backend does not", "Add it here");
            }
        }
        for (String name : nginx) {
            if (!backend.contains(name)) {
                findings.add(
                        place, "the backend answers " + name + " with the page, Nginx does not", "Add it in " + source);
            }
        }
    }

    private static void nginxProxy(Delivery delivery, Findings findings) {
        String included = delivery.nginx()
                .all("include")
                .map(directive -> directive.argument(0))
                .filter(path -> path.contains("tealdesk.d"))
                .findFirst()
                .orElse("");
        if (included.isEmpty()) {
            findings.add(
                    new Place("frontend/nginx/nginx.conf", 0),
                    "nothing includes /etc/nginx/tealdesk.d/*.conf",
                    "Compose has nowhere to put the proxy");
            return;
        }
        String folder = included.substring(0, included.lastIndexOf('/'));
        boolean mounted = delivery.compose().at("services/frontend/volumes").items().stream()
                .map(volume -> volume.isMap() ? volume.get("target").text() : volume.text())
                .anyMatch(text -> text.contains(folder));
        if (!mounted) {
            findings.add(
                    new Place(ComposeRules.COMPOSE, 0),
                    "mounts nothing in " + folder + ", so Nginx proxies no /api",
                    "Mount the proxy's configuration there");
        }
        delivery.compose().at("services/frontend/volumes").items().stream()
                .map(volume -> volume.isMap() ? volume.get("source") : volume)
                .filter(source -> source.text().startsWith("./"))
                .forEach(source -> {
                    String path = source.text().replaceFirst(":.*", "").substring(2);
                    boolean there = delivery.tree().has(path)
                            || delivery.tree().paths().stream().anyMatch(each -> each.startsWith(path + "/"));
                    if (!there) {
                        findings.add(source, "mounts " + path + ", which is not there", "Mend the path");
                    }
                });
    }
}
