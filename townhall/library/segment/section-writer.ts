import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import {
  loadedSections,
  preambleBytes,
  type SectionName,
  type SegmentHeader,
  segmentFormat,
  segmentMagic,
} from '../../../contract/library/segment.ts'

const alignment = 8
const loaded: ReadonlySet<SectionName> = new Set(loadedSections)

/** Writes a search file section by section under another name, and gives it its name when it is whole and on the disk. */
export class SectionWriter {
  private readonly fd: number
  private readonly partFile: string
  private readonly file: string
  private at = preambleBytes
  private readonly sections: SegmentHeader['sections'] = {} as SegmentHeader['sections']

  constructor(file: string) {
    this.file = file
    this.partFile = `${file}.part`
    this.fd = openSync(this.partFile, 'w')
  }

  /** A section in pieces, one after the other. */
  begin(name: SectionName): (piece: Uint8Array) => void {
    this.at = Math.ceil(this.at / alignment) * alignment
    const section = { at: this.at, bytes: 0, crc32: loaded.has(name) ? 0 : null }
    this.sections[name] = section
    return (piece) => {
      this.write(piece, this.at)
      this.at += piece.byteLength
      section.bytes += piece.byteLength
      if (section.crc32 !== null) section.crc32 = crc32(piece, section.crc32)
    }
  }

  add(name: SectionName, numbers: NodeJS.TypedArray): void {
    this.begin(name)(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
  }

  /** @returns the size of the file */
  finish(header: Omit<SegmentHeader, 'sections'>): number {
    const bytes = Buffer.from(JSON.stringify({ ...header, sections: this.sections }))
    this.write(bytes, this.at)
    const sizeBytes = this.at + bytes.length
    const preamble = Buffer.alloc(preambleBytes)
    preamble.write(segmentMagic, 0, 'latin1')
    preamble.writeUInt32LE(segmentFormat, 8)
    preamble.writeUInt32LE(bytes.length, 12)
    preamble.writeDoubleLE(this.at, 16)
    preamble.writeDoubleLE(sizeBytes, 24)
    this.write(preamble, 0)
    fsyncSync(this.fd)
    closeSync(this.fd)
    renameSync(this.partFile, this.file)
    return sizeBytes
  }

  giveUp(): void {
    closeSync(this.fd)
    rmSync(this.partFile, { force: true })
  }

  private write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.byteLength; )
      done += writeSync(this.fd, bytes, done, Math.min(bytes.byteLength - done, 1 << 30), at + done)
  }
}
