import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hearKeys } from './hear-keys.ts'

describe('the fingers on a keyboard', () => {
  let pressed: string[]
  let heardByPage: string[]
  let stop: () => void
  const element = (name: string) => {
    const found = document.querySelector<HTMLElement>(`[data-name="${name}"]`)
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  const happens = (name: string, type: string, init: EventInit & { detail?: number } = {}) => {
    const event = type === 'click' ? new MouseEvent(type, init) : new Event(type, init)
    return element(name).dispatchEvent(event)
  }
  const on = { bubbles: true, cancelable: true }

  beforeEach(() => {
    vi.useFakeTimers()
    pressed = []
    heardByPage = []
    document.body.innerHTML =
      '<main data-name="page"><section data-name="board"><button data-name="key-あ"><i data-name="inside"></i></button><button data-name="key-い"></button></section><button data-name="other"></button></main>'
    for (const type of ['pointerdown', 'pointerup', 'touchstart', 'touchend', 'click'])
      element('page').addEventListener(type, () => heardByPage.push(type))
    stop = hearKeys(element('board'), (name) => pressed.push(name))
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
  })

  it('presses on the way down, twice in a row too, and what is drawn on a key is the key', () => {
    happens('key-あ', 'pointerdown', on)
    happens('key-あ', 'pointerup', on)
    happens('inside', 'pointerdown', on)
    happens('inside', 'pointerup', on)
    happens('key-い', 'pointerdown', on)
    expect(pressed).toEqual(['key-あ', 'key-あ', 'key-い'])
  })

  it('keeps the events of a finger from the page, and lets the browser make no click of it', () => {
    happens('key-あ', 'pointerdown', on)
    expect(happens('key-あ', 'touchstart', on)).toBe(false)
    happens('key-あ', 'pointerup', on)
    happens('key-あ', 'touchend', on)
    expect(heardByPage).toEqual([])
  })

  it('hears Enter and Space by their click, and no click of a finger', () => {
    happens('key-あ', 'click', { ...on, detail: 0 })
    happens('key-い', 'click', { ...on, detail: 1 })
    expect(pressed).toEqual(['key-あ'])
  })

  it('leaves what is beside the keyboard alone', () => {
    happens('other', 'pointerdown', on)
    expect(happens('other', 'touchstart', on)).toBe(true)
    expect(heardByPage).toEqual(['pointerdown', 'touchstart'])
    expect(pressed).toEqual([])
  })

  it('a tap shows for a moment, and a key that is pressed again meanwhile stays down', () => {
    happens('key-あ', 'pointerdown', on)
    expect(element('key-あ').dataset.down).toBe('')
    happens('key-あ', 'pointerup', on)
    expect(element('key-あ').dataset.down).toBe('')
    happens('key-い', 'pointerdown', on)
    vi.advanceTimersByTime(200)
    expect(element('key-あ').dataset.down).toBeUndefined()
    expect(element('key-い').dataset.down).toBe('')
  })
})
