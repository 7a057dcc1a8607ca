#!/bin/sh
# Runs on the new root ($1) once its packages are there and our files lie over them (make-image.sh).
set -eu
root=$1
in_root() { chroot "$root" "$@"; }

in_root systemd-sysusers
in_root passwd --lock root
in_root usermod --shell /usr/sbin/nologin root
in_root ln -sf /usr/share/zoneinfo/Asia/Tokyo /etc/localtime
in_root systemd-hwdb update --usr --strict
in_root systemctl enable chrony.service nftables.service systemd-networkd.service seatd.service kiosk.service kiosk-prepare.service

# Chromium's own sandbox helper would need to be setuid root; the image uses user namespaces. What else is setuid nobody here may use.
find "$root" -xdev -type f -perm /6000 -exec chmod ug-s {} +

# A firewall with a mistake, or a unit systemd will not load, stops the image here and not in a lobby.
in_root nft --check --file /etc/nftables.conf
# It ends with 0 whatever it finds; what it prints is the finding.
found=$(in_root systemd-analyze verify --man=no kiosk.service kiosk-prepare.service kiosk-display.service 2>&1)
[ -z "$found" ] || { echo "$found" >&2; exit 1; }
in_root /usr/bin/chromium --version
in_root /opt/kiosk/bin/node --version

in_root update-initramfs -u -k all
mkdir -p "$root/data" "$root/seed"
: > "$root/etc/machine-id"
rm -f "$root/var/lib/dbus/machine-id" "$root/etc/hostname" "$root"/etc/ssh/ssh_host_*
echo kiosk > "$root/etc/hostname"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/doc/* "$root"/usr/share/man/*
