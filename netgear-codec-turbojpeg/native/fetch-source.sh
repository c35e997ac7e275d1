#!/bin/sh
# Fetches the pinned libjpeg-turbo source through apt and prints the path of the verified tarball.
#
#   native/fetch-source.sh [FOLDER]        FOLDER defaults to target/native-source beside this module's pom
#
# The source is Debian's source package in suite sid. apt runs with a configuration of its own under FOLDER, so the
# machine's package lists stay as they are; the mirror and its keyring are those of the machine's own apt sources.
set -eu

VERSION=3.1.3
SHA256=3a13a5ba767dc8264bc40b185e41368a80d5d5f945944d1dbaa4b2fb0099f4e5
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/../target/native-source}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
tarball=$folder/libjpeg-turbo_$VERSION.orig.tar.gz

matches() { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$SHA256" ]; }

if matches "$tarball"; then echo "$tarball"; exit 0; fi

# The first mirror that serves a Debian suite with component main and is not the security archive.
mirror=$(
  {
    cat /etc/apt/sources.list.d/*.sources 2>/dev/null | awk '$1 == "URIs:" { for (i = 2; i <= NF; i++) print $i }'
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | sed -n 's/^deb\(-src\)\{0,1\} *\(\[[^]]*\]\)\{0,1\} *\([^ ]*\) .*/\3/p'
  } | grep -E '/debian/?$' | head -n 1
)
[ -n "$mirror" ] || { echo "fetch-source: no Debian mirror among this machine's apt sources; put libjpeg-turbo_$VERSION.orig.tar.gz at $tarball yourself." >&2; exit 1; }

private=$folder/apt
mkdir -p "$private/lists/partial" "$private/cache/archives/partial" "$private/parts"
printf 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s sid main\n' "$mirror" > "$private/sources.list"
cat > "$private/apt.conf" <<CONF
Dir::State::lists "$private/lists";
Dir::Cache "$private/cache";
Dir::Etc::sourcelist "$private/sources.list";
Dir::Etc::sourceparts "$private/parts";
APT::Sandbox::User "root";
Acquire::Languages "none";
CONF
export APT_CONFIG="$private/apt.conf"
apt-get update -qq >&2
(cd "$folder" && apt-get source -qq --download-only "libjpeg-turbo=1:$VERSION-4" >&2 || apt-get source -qq --download-only libjpeg-turbo >&2)
matches "$tarball" || { echo "fetch-source: $tarball is missing or its sha256 is not $SHA256." >&2; exit 1; }
rm -rf "$private"
echo "$tarball"
