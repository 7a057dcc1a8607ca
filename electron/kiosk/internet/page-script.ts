import { z } from 'zod'

/** What the script in a page tells: where text goes, and a list to choose from that would open outside of the picture (D21, D22). */
export const pageNoteSchema = z.discriminatedUnion('note', [
  z.object({ note: z.literal('renamed'), title: z.string().max(200) }),
  z.object({ note: z.literal('typing'), into: z.enum(['no', 'text', 'secret']) }),
  z.object({
    note: z.literal('choose'),
    choices: z
      .array(z.object({ label: z.string().max(100), chosen: z.boolean(), disabled: z.boolean() }))
      .min(1)
      .max(300),
  }),
])

/** A name that only this world of the page knows. */
export const noteBinding = 'kioskNote'
export const ownWorld = 'kiosk'

/**
 * Runs in a world of its own in every document: the page cannot see it, call it or change it. What it tells is still the page's word:
 * it decides what our screen offers, never what is allowed.
 */
export const pageScript = `(() => {
  const tell = (note) => globalThis.${noteBinding}?.(JSON.stringify(note))
  const typesOfText = new Set(['text', 'search', 'url', 'email', 'tel', 'number', 'password', 'date', 'time', 'month', 'week', 'datetime-local'])
  const intoOf = (node) => {
    if (node instanceof HTMLInputElement && typesOfText.has(node.type) && !node.readOnly && !node.disabled)
      return node.type === 'password' ? 'secret' : 'text'
    if (node instanceof HTMLTextAreaElement && !node.readOnly && !node.disabled) return 'text'
    return node instanceof HTMLElement && node.isContentEditable ? 'text' : 'no'
  }
  let chooser = null
  let renaming = null
  const renamed = () => {
    renaming ??= setTimeout(() => {
      renaming = null
      tell({ note: 'renamed', title: document.title.slice(0, 200) })
    }, 200)
  }
  // A page that goes away while it is read never says that it was read.
  const watchTitle = () => {
    if (!document.head) return void requestAnimationFrame(watchTitle)
    new MutationObserver(renamed).observe(document.head, { childList: true, subtree: true, characterData: true })
    // It may have been renamed between being read and this frame, and then nothing else would ever tell.
    renamed()
  }
  if (self === top) watchTitle()
  addEventListener('focusin', (event) => tell({ note: 'typing', into: intoOf(event.composedPath()[0]) }), true)
  addEventListener('focusout', () => setTimeout(() => tell({ note: 'typing', into: intoOf(document.activeElement) })), true)
  const offer = (event) => {
    const node = event.composedPath()[0]
    const select = node instanceof Element ? node.closest('select') : null
    const picker = node instanceof HTMLInputElement && ['color', 'date', 'time', 'month', 'week', 'datetime-local', 'file'].includes(node.type)
    if (picker && node.type !== 'file' && event.type === 'click' && event.isTrusted) node.focus()
    if (picker && node.type !== 'file') event.preventDefault()
    if (!select || select.multiple || select.size > 1 || select.disabled) return
    event.preventDefault()
    if (event.type !== 'click' && event.type !== 'mousedown') return
    if (event.type === 'mousedown') return
    chooser = select
    const choices = [...select.options].slice(0, 300).map((option) => ({
      label: (option.label || option.text || '　').slice(0, 100), chosen: option.selected, disabled: option.disabled,
    }))
    if (choices.length > 0) tell({ note: 'choose', choices })
  }
  for (const type of ['mousedown', 'click']) addEventListener(type, offer, true)
  globalThis.kioskChoose = (index) => {
    if (!chooser?.isConnected || !chooser.options[index] || chooser.options[index].disabled) return
    chooser.selectedIndex = index
    chooser.dispatchEvent(new Event('input', { bubbles: true }))
    chooser.dispatchEvent(new Event('change', { bubbles: true }))
    chooser = null
  }
})()`

/** Runs in the page's own world before anything of it: what would open a window of the system's, or speak past the proxy, is not there (D3, D2, D12). */
export const hushScript = `(() => {
  for (const name of ['print', 'showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker', 'RTCPeerConnection', 'webkitRTCPeerConnection',
    'RTCDataChannel', 'WebTransport', 'PaymentRequest', 'EyeDropper', 'queryLocalFonts', 'getScreenDetails', 'SharedWorker'])
    try { delete globalThis[name]; if (name === 'print') globalThis.print = () => {} } catch {}
})()`
