import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import type { LibraryRecord } from '../../../contract/library/record.ts'

const heldBytes = 1 << 20

/** The records as they came, in a file beside the one being built, because a million of them are too much for memory. */
export class RecordSpool {
  readonly ids: string[] = []
  readonly loans: number[] = []
  private readonly starts: number[] = [0]
  private readonly file: string
  private readonly fd: number
  private held: Buffer[] = []
  private heldLength = 0

  constructor(file: string) {
    this.file = file
    this.fd = openSync(file, 'w+')
  }

  add(record: LibraryRecord): void {
    const bytes = Buffer.from(JSON.stringify(record))
    this.ids.push(record.id)
    this.loans.push(record.loans)
    this.starts.push((this.starts.at(-1) ?? 0) + bytes.length)
    this.held.push(bytes)
    this.heldLength += bytes.length
    if (this.heldLength >= heldBytes) this.flush()
  }

  /** The titles' order in a search file, as indices of what was added: by loans, then by id. Of two with one id the later is the title. */
  popularityOrder(): Uint32Array {
    const { ids, loans } = this
    const byId = Uint32Array.from(ids.keys()).sort(
      (one, other) => byText(ids[one] ?? '', ids[other] ?? '') || one - other,
    )
    const latest = byId.filter((index, at) => ids[index] !== ids[byId[at + 1] ?? -1])
    // The sort is stable: those of equal loans stay by id.
    return latest.sort((one, other) => (loans[other] ?? 0) - (loans[one] ?? 0))
  }

  record(index: number): LibraryRecord {
    this.flush()
    const start = this.starts[index] ?? 0
    const bytes = Buffer.allocUnsafe((this.starts[index + 1] ?? start) - start)
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(this.fd, bytes, done, bytes.length - done, start + done)
      if (read === 0) throw new Error('the spool is shorter than what was written to it')
      done += read
    }
    return JSON.parse(bytes.toString())
  }

  remove(): void {
    closeSync(this.fd)
    rmSync(this.file, { force: true })
  }

  private flush(): void {
    if (this.heldLength === 0) return
    const bytes = Buffer.concat(this.held)
    const at = (this.starts.at(-1) ?? 0) - bytes.length
    for (let done = 0; done < bytes.length; ) done += writeSync(this.fd, bytes, done, bytes.length - done, at + done)
    this.held = []
    this.heldLength = 0
  }
}

/** By code units, as the kiosk compares them. */
export const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
