import type { MessagePort } from 'node:worker_threads'
import { KioskError } from '../../../../contract/error-codes.ts'
import { type LibrarySearch, openLibrarySearch } from '../search/library-search.ts'
import { type FromSearch, type SearchQuestion, type ToSearch, toSearchSchema } from './search-messages.ts'

/** The thread's side of the talk. What is thrown here besides damage of a file ends the thread: after a half-done search nothing in it can be trusted. */
export function serveSearch(port: MessagePort, open: typeof openLibrarySearch = openLibrarySearch): void {
  let search: LibrarySearch | null = null

  function opened(): LibrarySearch {
    if (search === null) throw new Error('asked before it was opened')
    return search
  }

  function act(asked: ToSearch): FromSearch {
    switch (asked.do) {
      case 'open':
        search = open(asked)
        return { is: 'open', titles: search.titles }
      case 'out':
        opened().takeOut(asked)
        return { is: 'out' }
      case 'answer':
        return { is: 'answer', answer: answerOf(opened(), asked.question) }
    }
  }

  port.on('message', (raw: unknown) => {
    let said: FromSearch
    try {
      said = act(toSearchSchema.parse(raw))
    } catch (error) {
      if (!(error instanceof KioskError && error.code === 'content-refused')) throw error
      said = { is: 'refused', reason: error.message.slice(0, 300) }
    }
    port.postMessage(said)
  })
}

function answerOf(search: LibrarySearch, question: SearchQuestion): unknown {
  switch (question.about) {
    case 'search':
      return search.search(question.query, question.from, question.most)
    case 'counts':
      return search.counts(question.query)
    case 'suggest':
      return search.suggest(question.text)
    case 'title':
      return search.title(question.id)
    case 'records':
      return search.records(question.ids)
  }
}
