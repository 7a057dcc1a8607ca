import { describe, expect, it } from 'vitest'
import { passwordFaults } from './staff-password.ts'

const person = { name: '田中 花子', email: 'hanako.tanaka@memuro.example' }

describe('rules for staff passwords', () => {
  it.each([
    ['', ['too-short', 'common']],
    ['Kx7!snow-Rv', ['too-short']],
    ['password1234', ['common']],
    ['Password2026!!', ['common']],
    ['administrator1', ['common']],
    ['Memuro-2026-2027', ['common']],
    ['aaaaaaaaaaaaaaaa', ['common']],
    ['abcdefabcdefabcdef', ['common']],
    ['123456789012', ['common']],
    ['2109-8765-4321', ['common']],
    ['hanakotanaka1234', ['about-you']],
    ['hanako.tanaka@memuro.example1', ['about-you']],
    ['田中花子1234567890', ['about-you']],
    ['秋の日高山脈は雪化粧している', []],
    ['7194 2085 3361', []],
    ['correct horse battery', []],
    ['tokachi-gawa no nagare', []],
  ])('%s', (password, faults) => expect(passwordFaults(password, person)).toEqual(faults))

  it('refuses what the database need not hash', () => {
    expect(passwordFaults('Ab3!x'.repeat(26), person)).toContain('too-long')
  })
})
