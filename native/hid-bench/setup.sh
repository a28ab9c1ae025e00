#!/bin/bash
# Fetches a machine emulator and a kernel with virtual HID devices into the folder named first
# (about 110 MB; nothing is installed). Needs Debian, root, and the network the first time.
set -eu
BENCH=$1
READY=$BENCH/ready
[ -f "$READY" ] && exit 0

mkdir -p "$BENCH/debs/partial" "$BENCH/root"
cd "$BENCH/debs"
if ! apt-cache show qemu-system-x86 >/dev/null 2>&1; then apt-get update -q; fi
KERNEL=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image/ {print $2; exit}')
if [ -z "$KERNEL" ]; then
  echo "apt knows no linux-image-amd64: run apt-get update" >&2
  exit 1
fi

# With an empty package status apt fetches every library the emulator needs, not only those that
# this machine lacks. The C library is the exception: it must be this machine's own.
apt-get -q -y -o Dir::State::status=/dev/null -o Dir::Cache::archives="$BENCH/debs" \
  -o APT::Sandbox::User=root install --no-install-recommends --download-only \
  qemu-system-x86 busybox-static >/dev/null
apt-get -q -o APT::Sandbox::User=root download "$KERNEL" >/dev/null
rm -f libc6_*.deb
for deb in *.deb; do dpkg-deb -x "$deb" "$BENCH/root"; done

LIBRARIES=$BENCH/root/usr/lib/x86_64-linux-gnu:$BENCH/root/lib/x86_64-linux-gnu
if LD_LIBRARY_PATH=$LIBRARIES ldd "$BENCH/root/usr/bin/qemu-system-x86_64" | grep 'not found'; then
  echo "the emulator lacks the libraries above" >&2
  exit 1
fi
rm -rf "$BENCH/debs"
echo "$KERNEL" > "$READY"
