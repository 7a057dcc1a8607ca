import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { z } from 'zod'
import { KioskError } from '../../../../contract/error-codes.ts'
import {
  bytesPerSuffix,
  loadedSections,
  preambleBytes,
  readableFormats,
  readSections,
  readyBytes,
  type SectionName,
  type SegmentHeader,
  segmentHeaderSchema,
  segmentMagic,
  suffixesPerSample,
  unitsPerSample,
} from '../../../../contract/library/segment.ts'

const largestHeaderBytes = 100_000_000

/** A search file, open. It is read in place: what was read lately is the operating system's to keep, not ours. */
export class SegmentFile {
  readonly header: SegmentHeader
  private readonly file: string
  private readonly fd: number

  /** `content-refused` when it is no search file, one of another format, or not whole. */
  constructor(file: string) {
    this.file = file
    try {
      this.fd = openSync(file, 'r')
    } catch (error) {
      throw new KioskError('content-refused', 'a search file cannot be opened', { file }, { cause: error })
    }
    try {
      this.header = this.readHeader()
      this.checkSizes()
    } catch (error) {
      closeSync(this.fd)
      throw error
    }
  }

  /** Exactly these bytes of a section. */
  readInto(name: SectionName, target: NodeJS.ArrayBufferView, fromByte: number): void {
    const { at, bytes } = this.header.sections[name]
    if (!Number.isInteger(fromByte) || fromByte < 0 || fromByte + target.byteLength > bytes)
      throw this.refusal(`${name} ends early`)
    this.readAt(target, at + fromByte)
  }

  bytes(name: SectionName, fromByte: number, toByte: number): Buffer {
    // Before memory is taken for it.
    if (!Number.isInteger(toByte) || !(fromByte >= 0 && fromByte <= toByte && toByte <= this.size(name)))
      throw this.refusal(`${name} ends early`)
    const bytes = Buffer.allocUnsafe(toByte - fromByte)
    this.readInto(name, bytes, fromByte)
    return bytes
  }

  /** A whole section of those that are loaded, checked. */
  load<Numbers extends NodeJS.TypedArray>(name: SectionName, make: (length: number) => Numbers): Numbers {
    const { bytes, crc32: expected } = this.header.sections[name]
    const numbers = make(0)
    if (bytes % numbers.BYTES_PER_ELEMENT !== 0) throw this.refusal(`${name} has half a number`)
    const whole = make(bytes / numbers.BYTES_PER_ELEMENT)
    this.readInto(name, whole, 0)
    if (expected !== null && crc32(new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength)) !== expected)
      throw this.refusal(`${name} is damaged`)
    return whole
  }

  size(name: SectionName): number {
    return this.header.sections[name].bytes
  }

  json<Value>(bytes: Uint8Array, schema: z.ZodType<Value>): Value {
    try {
      return schema.parse(JSON.parse(Buffer.from(bytes).toString()))
    } catch (error) {
      throw new KioskError('content-refused', 'a search file is damaged', { file: this.file }, { cause: error })
    }
  }

  refusal(why: string): KioskError {
    return new KioskError('content-refused', `a search file is refused: ${why}`, { file: this.file })
  }

  close(): void {
    closeSync(this.fd)
  }

  private readAt(target: NodeJS.ArrayBufferView, at: number): void {
    for (let done = 0; done < target.byteLength; ) {
      const read = readSync(this.fd, target, done, Math.min(target.byteLength - done, 1 << 30), at + done)
      if (read === 0) throw this.refusal('it ends early')
      done += read
    }
  }

  private readHeader(): SegmentHeader {
    const preamble = Buffer.alloc(preambleBytes)
    const size = fstatSync(this.fd).size
    if (size < preambleBytes) throw this.refusal('it is too short')
    this.readAt(preamble, 0)
    if (preamble.toString('latin1', 0, segmentMagic.length) !== segmentMagic) throw this.refusal('it is none')
    const format = preamble.readUInt32LE(8)
    if (!readableFormats.includes(format))
      throw this.refusal(`its format is ${format}, none of ${readableFormats.join(', ')}`)
    const length = preamble.readUInt32LE(12)
    const at = preamble.readDoubleLE(16)
    if (
      preamble.readDoubleLE(24) !== size ||
      at + length !== size ||
      !(at >= preambleBytes && Number.isInteger(at)) ||
      length > largestHeaderBytes
    )
      throw this.refusal('it is not whole')
    const header = Buffer.alloc(length)
    this.readAt(header, at)
    const read = this.json(header, segmentHeaderSchema)
    for (const [name, section] of Object.entries(read.sections))
      if (section.at + section.bytes > at) throw this.refusal(`${name} lies outside`)
    return read
  }

  /** That every number of the header fits the sections, so that nothing later reads beside them. */
  private checkSizes(): void {
    const { titles, suffixes, units, frequentForms } = this.header
    const sizes: Partial<Record<SectionName, number>> = {
      suffixes: suffixes * bytesPerSuffix,
      suffixUnits: suffixes * 4,
      samples: Math.ceil(suffixes / suffixesPerSample) * unitsPerSample * 2,
      postingStart: (units - titles + 1) * 4,
      kinds: titles,
      years: titles * 2,
      ndc: titles * 2,
      agesFrom: titles,
      agesTo: titles,
      flags: titles,
      arrived: titles * 4,
      loans: titles * 4,
      shelfStart: (titles + 1) * 4,
      idRanks: titles * 4,
      recordStart: (titles + 1) * 8,
      frequent: readyBytes(titles) * frequentForms.length,
    }
    for (const name of [...loadedSections, ...readSections])
      if (sizes[name] !== undefined && sizes[name] !== this.size(name)) throw this.refusal(`${name} has a wrong length`)
  }
}
