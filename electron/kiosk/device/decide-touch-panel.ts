/** Bits of linux/input-event-codes.h. */
const direct = 0x01
const absX = 0x00
const absY = 0x01
const manyX = 0x35
const manyY = 0x36
const mouseButton = 0x110
const pen = 0x140
const finger = 0x145
const touch = 0x14a

/** The touch panels in the text of `/proc/bus/input/devices`, by name; what is one is decided as udev does. */
export function touchPanels(text: string): string[] {
  return text.split(/\n\s*\n/).flatMap((block) => {
    const name = /^N: Name="(.*)"$/m.exec(block)?.[1]
    return name !== undefined && isTouchPanel(block) ? [name] : []
  })
}

function isTouchPanel(block: string): boolean {
  const [properties, keys, axes] = ['PROP', 'KEY', 'ABS'].map((kind) => bits(block, kind))
  if (properties === undefined || keys === undefined || axes === undefined) return false
  const points = (axes(absX) && axes(absY)) || (axes(manyX) && axes(manyY))
  // A pad under a finger that is not the screen, a pen's tablet, a mouse that says where it is.
  if (!points || keys(pen) || keys(mouseButton) || (keys(finger) && !properties(direct))) return false
  return keys(touch) || properties(direct)
}

/** The kernel writes words of 64 bits, the highest first. */
function bits(block: string, kind: string): (bit: number) => boolean {
  const words = (new RegExp(`^B: ${kind}=([0-9a-f ]+)$`, 'm').exec(block)?.[1] ?? '').trim().split(' ').reverse()
  return (bit) => {
    const word = words[Math.floor(bit / 64)]
    return word !== undefined && word !== '' && ((BigInt(`0x${word}`) >> BigInt(bit % 64)) & 1n) === 1n
  }
}

/** `known`: the panel this kiosk had when it was last looked at, also in another life of the process; `lost`: it was said that it is gone. */
export type PanelMemory = { known: string | null; lost: boolean }
export type PanelChange = { told: 'input-lost' | 'input-back'; panel: string }

/** A kiosk that never had a panel misses none: a developer's machine, or one that is used with a mouse. */
export function decidePanel(
  memory: PanelMemory,
  panels: readonly string[],
): { memory: PanelMemory; change: PanelChange | null } {
  const [first] = panels
  if (first === undefined) {
    if (memory.known === null || memory.lost) return { memory, change: null }
    return { memory: { ...memory, lost: true }, change: { told: 'input-lost', panel: memory.known } }
  }
  const known = memory.known !== null && panels.includes(memory.known) ? memory.known : first
  return { memory: { known, lost: false }, change: memory.lost ? { told: 'input-back', panel: known } : null }
}
