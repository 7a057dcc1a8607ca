import { outsideServer } from './outside-server.ts'

export type CalilMood =
  | 'runs-first'
  | 'never-ends'
  | 'no-session'
  | 'other-system'
  | 'jsonp'
  | 'breaks'
  | 'strange-shape'
  | 'strange-words'
/** By ISBN: what each branch says. */
export type CalilBooks = Record<string, Record<string, string>>

/** カーリル図書館API `check` as its description has it: a session, `continue`, and books by ISBN and system. */
export function calilServer(books: CalilBooks, systemId = 'Hokkaido_Memuro') {
  let isbns: string[] = []
  return outsideServer<CalilMood>('/check', (query, mood, response) => {
    const polling = query.has('session')
    if (!polling) isbns = (query.get('isbn') ?? '').split(',')
    const runs = mood === 'never-ends' || (mood === 'runs-first' && !polling)
    const entry = (isbn: string, at: number) => {
      if (mood === 'strange-shape') return at % 2 === 0 ? null : { status: 3, libkey: ['貸出可'] }
      if (mood === 'strange-words') return { status: 'OK', libkey: { 本館: '宇宙にあります' } }
      if (mood === 'breaks') return { status: 'Error', reserveurl: '' }
      // The first one is there at once, the others follow.
      if (runs && at > 0) return { status: 'Running', reserveurl: '' }
      return { status: 'OK', reserveurl: 'https://library.example/', libkey: books[isbn] ?? {} }
    }
    const system = mood === 'other-system' ? 'Hokkaido_Sapporo' : systemId
    const text = JSON.stringify({
      ...(mood === 'no-session' ? {} : { session: '7f3a' }),
      continue: runs || mood === 'no-session' ? 1 : 0,
      books: Object.fromEntries(isbns.map((isbn, at) => [isbn, { [system]: entry(isbn, at) }])),
    })
    response.writeHead(200, { 'content-type': 'application/json' }).end(mood === 'jsonp' ? `callback(${text});` : text)
  })
}
