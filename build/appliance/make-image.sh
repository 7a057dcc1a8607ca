#!/bin/sh
# Makes the kiosk machine's disk image from Debian 12's packages and this repository:
#   build/appliance/make-image.sh SITE.json OUT.img
# Why these tools: mmdebstrap is one program of Debian's that needs no service, no configuration language and no root (it makes a user
# namespace), and the same packages give the same root. Partitions are plain files put together with sfdisk and dd, so that no loop device
# and no mount is needed. On Debian 12:
#   apt install mmdebstrap squashfs-tools dosfstools mtools e2fsprogs fdisk binutils systemd-boot-efi uidmap nodejs npm
# MIRROR (default http://deb.debian.org/debian) and SUITE_SECURITY may name a mirror; APT_OPTIONS is handed to mmdebstrap as --aptopt.
set -eu
if [ $# != 2 ]; then
  echo "usage: $0 SITE.json OUT.img" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
site=$1
image=$2
mirror=${MIRROR:-http://deb.debian.org/debian}
security=${SUITE_SECURITY:-http://security.debian.org/debian-security}
work=$(mktemp -d "${TMPDIR:-/tmp}/kiosk-image.XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

node "$here/../setup.mjs" "$here/stage.ts" --site "$site" --out "$work/files" > /dev/null

mmdebstrap --variant=minbase --components=main,non-free-firmware \
  --include="$(grep -v '^#' "$here/packages.txt" | paste -sd,)" \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --aptopt='APT::Install-Recommends "false"' ${APT_OPTIONS:+--aptopt="$APT_OPTIONS"} \
  --essential-hook="mkdir -p \"\$1/etc/initramfs-tools\" \"\$1/usr/share/initramfs-tools\"" \
  --essential-hook="sync-in $work/files/etc/initramfs-tools /etc/initramfs-tools" \
  --essential-hook="sync-in $work/files/usr/share/initramfs-tools /usr/share/initramfs-tools" \
  --customize-hook="sync-in $work/files /" \
  --customize-hook="$here/customise.sh \"\$1\"" \
  --customize-hook="sync-out /boot $work/boot" \
  bookworm "$work/root.tar" \
  "deb $mirror bookworm main non-free-firmware" \
  "deb $mirror bookworm-updates main non-free-firmware" \
  "deb $security bookworm-security main non-free-firmware"

mksquashfs - "$work/root.squashfs" -tar -noappend -root-mode 0755 -root-uid 0 -root-gid 0 -comp zstd -quiet -no-progress < "$work/root.tar"
rm "$work/root.tar"

# E13: firmware starts this one file: kernel, initrd and command line in one. There is no boot menu, no editor, no entry to choose. Sign it
# with sbsign and the town's key where Secure Boot is on.
objcopy \
  --add-section .osrel="$here/files/usr/share/kiosk/os-release" --change-section-vma .osrel=0x20000 \
  --add-section .cmdline="$here/kernel-command-line" --change-section-vma .cmdline=0x30000 \
  --add-section .linux="$(ls "$work"/boot/vmlinuz-*)" --change-section-vma .linux=0x2000000 \
  --add-section .initrd="$(ls "$work"/boot/initrd.img-*)" --change-section-vma .initrd=0x4000000 \
  /usr/lib/systemd/boot/efi/linuxx64.efi.stub "$work/kiosk.efi"

fat() { # FILE MIB LABEL
  truncate -s "$2M" "$1"
  mkfs.vfat -n "$3" "$1" > /dev/null
}
fat "$work/esp" 256 KIOSK-BOOT
mmd -i "$work/esp" ::/EFI ::/EFI/BOOT
mcopy -i "$work/esp" "$work/kiosk.efi" ::/EFI/BOOT/BOOTX64.EFI
fat "$work/seed" 34 KIOSK-SEED
mcopy -i "$work/seed" "$here/kiosk.env.example" ::/kiosk.env.example
truncate -s 256M "$work/data"
mkfs.ext4 -q -L kiosk-data -m 1 "$work/data"

# Room for the next root: it may be larger than this one, and is written over it (docs/appliance.md "Updating").
root_mib=$((($(stat -c %s "$work/root.squashfs") / 1048576 + 1) * 3 / 2))
rm -f "$image"
truncate -s "$((1 + 256 + 34 + root_mib + 256 + 2))M" "$image"
sfdisk --quiet "$image" << PARTITIONS
label: gpt
first-lba: 2048
size=256M, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name=kiosk-boot
size=34M, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name=kiosk-seed
size=${root_mib}M, type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709, name=kiosk-root
size=256M, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=kiosk-data
PARTITIONS
put() { dd if="$1" of="$image" bs=1M seek="$2" conv=notrunc,sparse status=none; }
put "$work/esp" 1
put "$work/seed" 257
put "$work/root.squashfs" 291
put "$work/data" $((291 + root_mib))
echo "$image: $(du -h --apparent-size "$image" | cut -f1)"
