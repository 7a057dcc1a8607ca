/** Devices as Linux writes them into `/proc/bus/input/devices`. */
function device(name: string, lines: string[]): string {
  const before = ['I: Bus=0003 Vendor=04f3 Product=2514 Version=0110', `N: Name="${name}"`, 'P: Phys=usb-1/input0']
  return [...before, 'H: Handlers=event5 ', ...lines.map((line) => `B: ${line}`), '', ''].join('\n')
}

export const inputDevices = {
  keyboard: device('AT Translated Set 2 keyboard', [
    'PROP=0',
    'EV=120013',
    'KEY=402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe',
    'MSC=10',
    'LED=7',
  ]),
  powerButton: device('Power Button', ['PROP=0', 'EV=3', 'KEY=10000000000000 0']),
  mouse: device('Logitech USB Optical Mouse', ['PROP=0', 'EV=17', 'KEY=70000 0 0 0 0', 'REL=903', 'MSC=10']),
  touchpad: device('SynPS/2 Synaptics TouchPad', ['PROP=5', 'EV=b', 'KEY=e520 10000 0 0 0 0', 'ABS=660800011000003']),
  penTablet: device('Wacom Pen', ['PROP=2', 'EV=1b', 'KEY=1c03 0 0 0 0 0', 'ABS=1000003', 'MSC=1']),
  panel: device('ELAN Touchscreen', ['PROP=2', 'EV=1b', 'KEY=400 0 0 0 0 0', 'ABS=3273800000000003', 'MSC=20']),
  /** Older ones do not say that the finger is on the picture. */
  resistivePanel: device('eGalax Inc. USB TouchController', ['PROP=0', 'EV=b', 'KEY=400 0 0 0 0 0', 'ABS=3']),
}
