#!/usr/bin/env bash
# Runs while the frontend's image is built: lays out what Nginx serves. A release's own assets are listed, so that the
# next one carries those over and not what this one carried itself: the set stays two releases large.
set -euo pipefail

if [[ $# -ne 3 || $1 == -* ]]; then
  echo "usage: assemble-site.sh BUILT_FILES PREVIOUS_IMAGE_ROOT TARGET   (makes TARGET/own and TARGET/carried)" >&2
  exit 2
fi
built=$1 previous=$2 target=$3
list=usr/share/tealdesk/assets.txt
html=usr/share/nginx/html

mkdir -p "$target/own/$html" "$target/own/${list%/*}" "$target/carried/$html/assets"
cp -R "$built/." "$target/own/$html"
# Vite's map of source files is of use to the build alone.
rm -f "$target/own/$html/manifest.json"

# Nginx sends the compressed file where there is one. Small ones would only grow, fonts and images are compressed.
find "$target/own/$html" -type f -size +1k \
  \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.svg' -o -name '*.json' \) -exec gzip -9 -n -k {} +
(cd "$target/own/$html" && find assets -type f | LC_ALL=C sort) >"$target/own/$list"

if [[ -f $previous/$list ]]; then
  while read -r asset; do
    # The same hash is the same content.
    if [[ ! -e $target/own/$html/$asset ]]; then
      cp "$previous/$html/$asset" "$target/carried/$html/$asset"
    fi
  done <"$previous/$list"
fi
chmod -R a=rX,u+w "$target"
find "$target" -exec touch --no-dereference --date=@0 {} +
echo "own: $(wc -l <"$target/own/$list") assets, carried over: $(find "$target/carried" -type f | wc -l)"
