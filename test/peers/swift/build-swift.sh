#!/usr/bin/env bash
# Makes a folder with OpenStack Swift in it: an object store with an S3 interface, for the tests of the upload to one.
#
#   build-swift.sh TARGET     TARGET: the folder to make
#
# The Swift of Debian 13 checks signatures and checksums as Amazon's store does; Debian 12's does not. So a small Debian 13 is
# put into the folder, by debootstrap (root; apt-get install -y debootstrap), about 250 MB from the Debian mirror. A folder that
# is there is left as it is; one that was interrupted begins anew.
set -euo pipefail

target=$(realpath -m "$1")
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
[[ -f $target/made ]] && exit 0

rm -rf "$target"
mkdir -p "$(dirname "$target")"
debootstrap --variant=minbase trixie "$target" "$mirror"
# Nothing in it is started by being installed.
printf '#!/bin/sh\nexit 101\n' >"$target/usr/sbin/policy-rc.d"
chmod 755 "$target/usr/sbin/policy-rc.d"
echo force-unsafe-io >"$target/etc/dpkg/dpkg.cfg.d/unsafe-io"
chroot "$target" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  swift-proxy swift-account swift-container swift-object
chroot "$target" apt-get clean
mkdir -p "$target/srv/kaodian"
touch "$target/made"
