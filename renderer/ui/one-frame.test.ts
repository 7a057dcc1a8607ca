import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerCame, drawWithAnswer, expectAnswer } from './one-frame.ts'

describe('one frame for a key and its answer', () => {
  let drawn: string[]
  const draw = (what: string) => drawWithAnswer(() => drawn.push(what))
  beforeEach(() => {
    vi.useFakeTimers()
    drawn = []
  })
  afterEach(() => {
    vi.runAllTimers()
    vi.useRealTimers()
  })

  it('draws at once where nobody waits for an answer', () => {
    draw('letter')
    expect(drawn).toEqual(['letter'])
  })

  it('draws in order when the answer is there', () => {
    expectAnswer()
    draw('letter')
    draw('look')
    expect(drawn).toEqual([])
    answerCame()
    expect(drawn).toEqual(['letter', 'look'])
    draw('next')
    expect(drawn).toEqual(['letter', 'look', 'next'])
  })

  it('waits a moment only, and a second key does not make it longer', () => {
    expectAnswer()
    draw('first')
    vi.advanceTimersByTime(10)
    expectAnswer()
    draw('second')
    vi.advanceTimersByTime(6)
    expect(drawn).toEqual(['first', 'second'])
  })
})
