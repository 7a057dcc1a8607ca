// A process that searches with another library, in its own best way for Japanese: NAME TITLES SEED FILE as arguments, queries as JSON on stdin, times and counts as JSON on stdout.
import { readFileSync } from 'node:fs'
import { readQuery } from '../contract/library/query-terms.ts'
import type { LibraryRecord } from '../contract/library/record.ts'
import { ownFields, sharedFields, sharedTexts } from '../contract/library/title-fields.ts'
import { madeRecords } from './search-catalogue.ts'
import { isPeer, openPeer, type PeerQuery } from './search-peer-engines.ts'

export type PeerTimes = {
  buildMs: number
  answers: { ms: number; cpuMs: number; total: number }[]
  residentBytes: number
}

const warmUps = 15
const [name = '', titles = '0', seed = '0', file = ''] = process.argv.slice(2)
if (!isPeer(name)) throw new Error(`no peer ${name}`)
const texts = JSON.parse(readFileSync(0, 'utf8')) as string[]

/** As every peer gets it: normalised, each text once. */
const textsOf = (record: LibraryRecord): string[] => [
  ...new Set([...ownFields(record), ...sharedTexts(record).flatMap(sharedFields)].map(({ text }) => text)),
]

const began = performance.now()
const count = await openPeer(name, textsOfAll(), file)
const buildMs = performance.now() - began
for (let at = 0; at < warmUps; at += 1) await count(queryOf(String.fromCharCode(0x4e00 + at * 7, 0x304b + at)))
const answers: PeerTimes['answers'] = []
for (const text of texts) {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const total = await count(queryOf(text))
  const ms = performance.now() - started
  const used = process.cpuUsage(cpu)
  answers.push({ ms, cpuMs: (used.user + used.system) / 1_000, total })
}
const times: PeerTimes = { buildMs, answers, residentBytes: process.memoryUsage().rss }
process.stdout.write(JSON.stringify(times))

function* textsOfAll(): Generator<string[]> {
  for (const record of madeRecords(Number(titles), Number(seed))) yield textsOf(record)
}

/** Of each word any form, or all words written as one. */
function queryOf(text: string): PeerQuery {
  const { words, joined } = readQuery(text)
  return { words, joined }
}
