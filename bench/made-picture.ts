import { crc32, deflateSync } from 'node:zlib'

/** A PNG of soft colours and grain, as a photograph has them; another one for each number. */
export function madePicture(which: number, width = 240, height = 120): string {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * (1 + width * 3) + 1 + x * 3
      const grain = (x * 7 + y * 13 + which * 29) % 11
      rows[at] = 120 + 90 * Math.sin(x / 60 + which) + grain
      rows[at + 1] = 120 + 90 * Math.sin(y / 40 + which * 2) + grain
      rows[at + 2] = 120 + 90 * Math.sin((x + y) / 80 + which * 3) + grain
    }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits of each of three colours.
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const png = Buffer.concat([
    signature,
    part('IHDR', header),
    part('IDAT', deflateSync(rows)),
    part('IEND', Buffer.of()),
  ])
  return `data:image/png;base64,${png.toString('base64')}`
}

function part(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'ascii'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
