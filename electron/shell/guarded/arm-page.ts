import type { WebContents } from 'electron'
import { z } from 'zod'
import type { InternetQuestion, InternetState } from '../../../contract/menus/internet.ts'
import { hushScript, noteBinding, ownWorld, pageNoteSchema, pageScript } from '../../kiosk/internet/page-script.ts'
import { dialogBinding, dialogSchema, dialogScript } from './dialog-script.ts'

type Typing = Extract<InternetState, { kind: 'open' }>['typing']
type Choices = Extract<InternetQuestion, { kind: 'choose' }>['choices']

/** As far as we use Electron's debugger of one page: in this process, without any port. */
export type PageDebugger = {
  attach(): void
  onMessage(listener: (event: unknown, method: string, params: unknown, sessionId: string) => void): void
  onDetach(listener: (event: unknown, reason: string) => void): void
  /** `sessionId` of a frame that is a target of its own; none: the page. */
  send(method: string, params: Record<string, unknown>, sessionId?: string): Promise<unknown>
}

export const debuggerOf = (contents: WebContents): PageDebugger => ({
  attach: () => contents.debugger.attach('1.3'),
  onMessage: (listener) => void contents.debugger.on('message', listener),
  onDetach: (listener) => void contents.debugger.on('detach', listener),
  send: (method, params, sessionId) => contents.debugger.sendCommand(method, params, sessionId),
})

type Options = {
  devtools: PageDebugger
  onTyping: (typing: Typing) => void
  onDialog: (dialog: z.infer<typeof dialogSchema>) => void
  onChoices: (choices: Choices) => void
  /** A choice of files was asked for, and is not shown. */
  onFileDialog: () => void
  /** Nothing holds the page's dialogs any more. */
  onLost: (reason: string) => void
}

const attachedSchema = z.object({ sessionId: z.string(), targetInfo: z.object({ type: z.string() }) })
const detachedSchema = z.object({ sessionId: z.string() })
const bindingSchema = z.object({ name: z.string(), payload: z.string().max(60_000), executionContextId: z.number() })
const contextSchema = z.object({ executionContextId: z.number() })

/**
 * What Electron has no handler for, held over its own debugger: the system's choice of files (D1, D2), what a page says in boxes (D3, D10), lists that would
 * open outside of the page (D21, D22), and what has the focus. A frame of another site is a target of its own and waits until it is armed likewise.
 * Resolves when the page is armed.
 */
export async function armPage(options: Options) {
  const { devtools } = options
  /** By session and frame; one that has gone types no more. */
  const typing = new Map<string, Typing>()
  let told: Typing = 'no'
  let chooser: { sessionId: string; contextId: number } | null = null

  devtools.onDetach((_event, reason) => options.onLost(`its debugger is gone (${reason})`))
  devtools.onMessage((_event, method, params, sessionId) => {
    if (method === 'Target.attachedToTarget') attached(params)
    else if (method === 'Page.fileChooserOpened') options.onFileDialog()
    else if (method === 'Runtime.bindingCalled') called(params, sessionId)
    else if (method === 'Runtime.executionContextDestroyed')
      forget((key) => key === `${sessionId} ${contextSchema.parse(params).executionContextId}`)
    else if (method === 'Runtime.executionContextsCleared') forget((key) => key.startsWith(`${sessionId} `))
    else if (method === 'Target.detachedFromTarget') {
      const gone = detachedSchema.parse(params).sessionId
      forget((key) => key.startsWith(`${gone} `))
    }
  })
  devtools.attach()
  await Promise.all(arm())
  // Our own keyboard is touched: the page is not to think that the visitor has left it.
  await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: true })

  /** In this order, and without waiting in between: a frame that waits for us must not wait for its answers. */
  function arm(sessionId?: string): Promise<unknown>[] {
    const send = (method: string, params: Record<string, unknown> = {}) => devtools.send(method, params, sessionId)
    const onNew = (source: string, worldName?: string) =>
      send('Page.addScriptToEvaluateOnNewDocument', { source, worldName, runImmediately: true })
    return [
      send('Page.enable'),
      send('Page.setInterceptFileChooserDialog', { enabled: true }),
      send('Runtime.enable'),
      send('Runtime.addBinding', { name: noteBinding, executionContextName: ownWorld }),
      send('Runtime.addBinding', { name: dialogBinding }),
      onNew(pageScript, ownWorld),
      onNew(hushScript),
      onNew(dialogScript),
      send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      send('Runtime.runIfWaitingForDebugger'),
    ]
  }

  function attached(params: unknown): void {
    const { sessionId, targetInfo } = attachedSchema.parse(params)
    const armed =
      targetInfo.type === 'iframe' ? arm(sessionId) : [devtools.send('Runtime.runIfWaitingForDebugger', {}, sessionId)]
    // A frame that is gone before it is armed asks for nothing any more.
    for (const one of armed) void one.catch(() => undefined)
  }

  function called(params: unknown, sessionId: string): void {
    const { name, payload, executionContextId } = bindingSchema.parse(params)
    if (name === dialogBinding) {
      const dialog = dialogSchema.safeParse(parsed(payload))
      if (dialog.success) options.onDialog(dialog.data)
      return
    }
    const note = pageNoteSchema.safeParse(parsed(payload))
    if (name !== noteBinding || !note.success) return
    if (note.data.note === 'typing') {
      typing.set(`${sessionId} ${executionContextId}`, note.data.into)
      tellTyping()
    } else if (note.data.note === 'choose') {
      chooser = { sessionId, contextId: executionContextId }
      options.onChoices(note.data.choices)
    }
  }

  function forget(gone: (key: string) => boolean): void {
    for (const key of typing.keys()) if (gone(key)) typing.delete(key)
    if (chooser !== null && gone(`${chooser.sessionId} ${chooser.contextId}`)) chooser = null
    tellTyping()
  }

  function tellTyping(): void {
    const all = [...typing.values()]
    const now = all.includes('secret') ? 'secret' : all.includes('text') ? 'text' : 'no'
    if (now === told) return
    told = now
    options.onTyping(now)
  }

  return {
    /** Of the list last told. */
    choose(index: number): void {
      if (chooser === null) return
      const { sessionId, contextId } = chooser
      chooser = null
      const expression = `kioskChoose(${Math.trunc(index)})`
      devtools.send('Runtime.evaluate', { expression, contextId }, sessionId || undefined).catch(() => undefined)
    },
  }
}

/** It came through a page. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
