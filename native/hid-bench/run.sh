#!/bin/bash
# Boots a Debian kernel in an emulator, with Node, node-hid and the guest's programs in memory, and
# runs one of them. No network, no disk, and software emulation everywhere: hardware that helps on
# one machine fails on the next. Ends with the program's own exit code.
#   run.sh BENCH NODE NODE_MODULES PROGRAMS PROGRAM [ARGUMENTS]
# OMIT=name leaves libraries of that name out of the guest.
set -eu
BENCH=$1 NODE=$2 MODULES=$3 PROGRAMS=$4
shift 4
ROOT=$BENCH/root
WORK=$(mktemp -d "$BENCH/run.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
GUEST=$WORK/guest
KERNEL=$(ls "$ROOT/lib/modules" | head -1)
HID=$MODULES/node-hid/prebuilds/HID_hidraw-linux-x64

mkdir -p "$GUEST"/{bin,dev,proc,sys,tmp,run/udev,modules,twoline/node_modules/node-hid/prebuilds}
cp "$ROOT/bin/busybox" "$GUEST/bin/"
ln -s busybox "$GUEST/bin/sh"
cp -L "$NODE" "$GUEST/bin/node"
cp -r "$MODULES"/node-hid/*.{js,json} "$GUEST/twoline/node_modules/node-hid/"
cp -r "$HID" "$GUEST/twoline/node_modules/node-hid/prebuilds/"
cp -r "$MODULES/pkg-prebuilds" "$GUEST/twoline/node_modules/"
cp "$PROGRAMS"/*.mjs "$GUEST/twoline/"
# Every library that Node and node-hid need, where they look for it.
for file in "$NODE" "$HID"/*.node; do
  for library in $(ldd "$file" | grep -oE '/[^ ]+'); do
    if [ -n "${OMIT:-}" ] && [[ $library == *$OMIT* ]]; then continue; fi
    mkdir -p "$GUEST$(dirname "$library")"
    cp -nL "$library" "$GUEST$library"
  done
done
for module in hid hid-generic uhid; do
  cp "$ROOT/lib/modules/$KERNEL/kernel/drivers/hid/$module".ko* "$GUEST/modules/"
done
for packed in "$GUEST"/modules/*.xz; do if [ -f "$packed" ]; then xz -d "$packed"; fi; done

cat > "$GUEST/init" <<INIT
#!/bin/sh
B=/bin/busybox
\$B mount -t proc proc /proc
\$B mount -t sysfs sysfs /sys
\$B mount -t devtmpfs dev /dev
for module in hid hid-generic uhid; do \$B insmod /modules/\$module.ko; done
\$B mkdir -p /lib64
export LD_LIBRARY_PATH=/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu
cd /twoline
/bin/node $*
echo "GUEST ENDED WITH \$?"
\$B poweroff -f
INIT
chmod +x "$GUEST/init"
(cd "$GUEST" && find . | "$ROOT/bin/busybox" cpio -o -H newc 2>/dev/null) > "$WORK/initrd"

export LD_LIBRARY_PATH=$ROOT/usr/lib/x86_64-linux-gnu:$ROOT/lib/x86_64-linux-gnu
timeout "${LIMIT_S:-240}" "$ROOT/usr/bin/qemu-system-x86_64" \
  -L "$ROOT/usr/share/qemu" -L "$ROOT/usr/share/seabios" -accel tcg -cpu max -m 1200 \
  -smp 2 -nic none -nodefaults -display none -serial stdio -no-reboot \
  -kernel "$ROOT/boot/vmlinuz-$KERNEL" -initrd "$WORK/initrd" \
  -append "console=ttyS0 quiet panic=1" </dev/null | tee "$WORK/out"
grep -q 'GUEST ENDED WITH 0' "$WORK/out"
