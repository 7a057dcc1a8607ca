import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { AuthFailure, isSignedOut, wordsFor } from './words.ts'

describe('failures in words', () => {
  it('hands on what the hub said in Japanese', () => {
    expect(wordsFor(new ORPCError('CONFLICT', { message: 'すでに登録されています。' }))).toBe(
      'すでに登録されています。',
    )
  })

  it('never shows English to a clerk', () => {
    for (const status of [400, 401, 403, 404, 409, 413, 422, 429, 500, 502]) {
      for (const error of [new ORPCError('X', { status, message: 'Bad thing' }), new AuthFailure(status, 'X', 'Bad')])
        expect(wordsFor(error)).not.toMatch(/Bad/)
    }
    expect(wordsFor(new TypeError('Failed to fetch'))).toContain('つながりません')
    expect(wordsFor(new Error('boom'))).not.toContain('boom')
    expect(wordsFor(new AuthFailure(401, 'INVALID_EMAIL_OR_PASSWORD', 'Invalid email or password'))).toContain(
      'ちがいます',
    )
  })

  it('knows when the session has ended', () => {
    expect(isSignedOut(new ORPCError('NOT_SIGNED_IN', { status: 401 }))).toBe(true)
    expect(isSignedOut(new ORPCError('NOT_PERMITTED', { status: 403 }))).toBe(false)
  })
})
