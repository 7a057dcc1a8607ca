import { z } from 'zod'

export const dialogBinding = 'kioskDialog'
export const dialogSchema = z.object({ kind: z.enum(['alert', 'confirm', 'prompt']), text: z.string().max(2_000) })

/**
 * In the page's own world, in place of the browser's boxes, which a guarded page has none of: what the page says is shown by our screen, and no page waits
 * for an answer. A page may call this as well as alert; it gets no further by it.
 */
export const dialogScript = `(() => {
  const tell = globalThis.${dialogBinding}
  delete globalThis.${dialogBinding}
  const say = (kind, answer) => (text = '') => {
    tell?.(JSON.stringify({ kind, text: String(text).slice(0, 2000) }))
    return answer
  }
  const replaced = { alert: say('alert'), confirm: say('confirm', false), prompt: say('prompt', null) }
  for (const [name, value] of Object.entries(replaced))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
})()`
