// How each peer is asked for substrings of Japanese texts. None has words to part there, so all take characters: grams of one to three, what contains
// all grams of a word being taken for what contains the word. That counts too many at times; how often is one of the figures.
import { create, insertMultiple, type Orama, search } from '@orama/orama'
import SQLite from 'better-sqlite3'
import { Index } from 'flexsearch'
import MiniSearch, { type Query } from 'minisearch'
import type { QueryTerms, Term } from '../contract/library/query-terms.ts'

export type PeerQuery = QueryTerms
/** How many titles a query finds. */
type Count = (query: PeerQuery) => number | Promise<number>
type Texts = Iterable<readonly string[]>

const longestGram = 3
/** MiniSearch takes twice as long and twice the memory with three, and does not come to an end at 100,000 titles. */
const longestOfMiniSearch = 2
const insertsAtOnce = 1_000

const engines = {
  MiniSearch: openMiniSearch,
  FlexSearch: openFlexSearch,
  Orama: openOrama,
  'SQLite FTS5 trigram': openTrigram,
  'SQLite LIKE': openLike,
} as const
export type PeerName = keyof typeof engines
export const peerNames = Object.keys(engines).filter(isPeer)

export function isPeer(name: string): name is PeerName {
  return Object.hasOwn(engines, name)
}

export const openPeer = (name: PeerName, texts: Texts, file: string): Count | Promise<Count> =>
  engines[name](texts, file)

/** From every place the grams of all lengths. */
function allGrams(text: string, longest: number): string[] {
  const letters = [...text]
  return letters.flatMap((_, at) =>
    Array.from({ length: Math.min(longest, letters.length - at) }, (_, more) =>
      letters.slice(at, at + more + 1).join(''),
    ),
  )
}

/** From every place the longest gram, for what is found by its beginning too. */
function longGrams(text: string): string[] {
  const letters = [...text]
  return letters.map((_, at) => letters.slice(at, at + longestGram).join(''))
}

/** The grams that a text must have to contain the form. */
function gramsOf(form: string, longest: number): string[] {
  const letters = [...form]
  if (letters.length <= longest) return [form]
  return letters.slice(longest - 1).map((_, at) => letters.slice(at, at + longest).join(''))
}

/** Every choice of one form for each word; all words as one is a choice too. */
function choicesOf({ words, joined }: PeerQuery): string[][] {
  const choices = words.reduce<string[][]>(
    (all, word) => all.flatMap((one) => word.map((form) => [...one, form])),
    [[]],
  )
  return [...choices, ...(joined ?? []).map((form) => [form])]
}

function openMiniSearch(texts: Texts): Count {
  const index = new MiniSearch<{ id: number; texts: readonly string[] }>({
    fields: ['texts'],
    extractField: (document, name) => (name === 'id' ? document.id : document.texts),
    // A list of texts comes as it is: each has its own grams.
    tokenize: (text) =>
      Array.isArray(text) ? [...new Set(text.flatMap((one) => allGrams(one, longestOfMiniSearch)))] : [text],
    stringifyField: (value) => value,
    processTerm: (term) => term,
  })
  let id = 0
  for (const one of texts) {
    index.add({ id, texts: one })
    id += 1
  }
  const ofWord = (word: Term): Query => ({
    combineWith: 'OR',
    queries: word.map((form) => ({ combineWith: 'AND', queries: gramsOf(form, longestOfMiniSearch) })),
  })
  return ({ words, joined }) => {
    const all: Query = { combineWith: 'AND', queries: words.map(ofWord) }
    return index.search(joined === null ? all : { combineWith: 'OR', queries: [all, ofWord(joined)] }).length
  }
}

function openFlexSearch(texts: Texts): Count {
  const parted = '\n'
  // What is asked for comes as grams already, parted by spaces; what is taken in as texts, each with its end.
  const index = new Index({
    tokenize: 'strict',
    resolution: 1,
    context: false,
    cache: false,
    encode: (text) =>
      text.endsWith(parted)
        ? [...new Set(text.split(parted).flatMap((one) => allGrams(one, longestGram)))]
        : text.split(' ').filter(Boolean),
  })
  let titles = 0
  for (const one of texts) {
    index.add(titles, one.join(parted) + parted)
    titles += 1
  }
  return (query) => {
    const found = choicesOf(query).map((forms) =>
      index.search(forms.flatMap((form) => gramsOf(form, longestGram)).join(' '), { limit: titles, suggest: false }),
    )
    return found.length === 1 ? (found[0]?.length ?? 0) : new Set(found.flat()).size
  }
}

async function openOrama(texts: Texts): Promise<Count> {
  const tokenizer = {
    language: 'japanese',
    normalizationCache: new Map<string, string>(),
    tokenize: (text: string) => text.split('\n').filter(Boolean),
  }
  const orama = create({ schema: { grams: 'string' }, components: { tokenizer } })
  let titles = 0
  let held: { grams: string }[] = []
  const insert = async () => {
    await insertMultiple(orama, held, insertsAtOnce)
    held = []
  }
  for (const one of texts) {
    held.push({ grams: [...new Set(one.flatMap(longGrams))].join('\n') })
    titles += 1
    if (held.length === insertsAtOnce) await insert()
  }
  await insert()
  // Of several words together it counts what has one of them twice: so each is asked for alone.
  const anyOf = async (word: Term): Promise<Set<string>> => {
    const found = new Set<string>()
    for (const form of word) for (const { id } of (await asked(orama, form, titles)).hits) found.add(id)
    return found
  }
  return async ({ words, joined }) => {
    const [[only = ''] = [], more] = words
    if (more === undefined && words[0]?.length === 1) return (await asked(orama, only, 1)).count
    const sets: Set<string>[] = []
    for (const word of words) sets.push(await anyOf(word))
    const inAll = [...(sets[0] ?? [])].filter((id) => sets.every((set) => set.has(id)))
    return new Set([...inAll, ...(joined === null ? [] : await anyOf(joined))]).size
  }
}

const asked = async (orama: Orama<{ grams: 'string' }>, form: string, limit: number) =>
  search(orama, { term: gramsOf(form, longestGram).join('\n'), threshold: 0, limit })

function openTable(texts: Texts, file: string, more: string): SQLite.Database {
  const sqlite = new SQLite(file)
  sqlite.pragma('journal_mode = off')
  sqlite.exec(`create table t (text text); ${more}`)
  const insert = sqlite.prepare('insert into t (text) values (?)')
  sqlite.transaction(() => {
    for (const one of texts) insert.run(one.join('|'))
  })()
  return sqlite
}

function likeCount(sqlite: SQLite.Database): Count {
  return ({ words, joined }) => {
    const any = (word: Term) => `(${word.map(() => 'text like ?').join(' or ')})`
    const all = words.map(any).join(' and ')
    const forms = [...words, ...(joined === null ? [] : [joined])].flat()
    const where = joined === null ? all : `(${all}) or ${any(joined)}`
    return countOf(
      sqlite,
      `select count(*) as n from t where ${where}`,
      forms.map((form) => `%${form}%`),
    )
  }
}

function openLike(texts: Texts, file: string): Count {
  return likeCount(openTable(texts, file, ''))
}

/** The index knows no words under three characters: where one is among them, every text is looked at. */
function openTrigram(texts: Texts, file: string): Count {
  const sqlite = openTable(
    texts,
    file,
    'create virtual table f using fts5(text, tokenize = trigram, detail = full, content = t, content_rowid = rowid)',
  )
  sqlite.exec("insert into f (f) values ('rebuild')")
  const like = likeCount(sqlite)
  return (query) => {
    const { words, joined } = query
    if ([...words, ...(joined === null ? [] : [joined])].flat().some((form) => [...form].length < longestGram))
      return like(query)
    const any = (word: Term) => `(${word.map((form) => `"${form}"`).join(' OR ')})`
    const all = words.map(any).join(' AND ')
    const match = joined === null ? all : `(${all}) OR ${any(joined)}`
    return countOf(sqlite, 'select count(*) as n from f where f match ?', [match])
  }
}

function countOf(sqlite: SQLite.Database, sql: string, values: readonly string[]): number {
  const row: unknown = sqlite.prepare(sql).get(...values)
  return typeof row === 'object' && row !== null && 'n' in row ? Number(row.n) : 0
}
