import { describe, expect, it } from 'vitest'
import {
  enrolmentCodeId,
  hubEnrolText,
  kioskEnrolText,
  normaliseEnrolmentCode,
  showEnrolmentCode,
} from './enrolment.ts'

describe('an enrolment code', () => {
  it.each([
    ['A2C4-E6G8-J0K1', 'A2C4E6G8J0K1'],
    ['a2c4e6g8j0k1', 'A2C4E6G8J0K1'],
    [' a2c4 e6g8 joki ', 'A2C4E6G8J0K1'],
    ['A2C4E6G8JOKL', 'A2C4E6G8J0K1'],
    ['Ａ２Ｃ４－Ｅ６Ｇ８－Ｊ０Ｋ１', 'A2C4E6G8J0K1'],
  ])('%s is read as %s', (typed, code) => {
    expect(normaliseEnrolmentCode(typed)).toBe(code)
  })

  it.each(['', 'A2C4', 'A2C4-E6G8-J0K', 'A2C4-E6G8-J0K12', 'A2C4-E6G8-J0KU', 'A2C4_E6G8_J0K1'])(
    '%j is none',
    (typed) => {
      expect(normaliseEnrolmentCode(typed)).toBeNull()
    },
  )

  it('is shown in groups of four, the first of which is its id', () => {
    expect(showEnrolmentCode('A2C4E6G8J0K1')).toBe('A2C4-E6G8-J0K1')
    expect(enrolmentCodeId('A2C4E6G8J0K1')).toBe('A2C4')
  })
})

it('the texts that both sides prove with are pinned', () => {
  expect(kioskEnrolText({ publicKeyX: 'x', certificateFingerprint: 'f' })).toBe('kiosk-enrol|x|f')
  expect(hubEnrolText({ publicKeyX: 'x', kioskId: 'library', tufRootSha256: 'r' })).toBe('hub-enrol|x|library|r')
})
