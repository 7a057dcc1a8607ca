import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPanel } from './panel.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'panel-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const commands = (off = `echo off >> ${folder}/did`) => ({
  PATH: process.env.PATH,
  KIOSK_PANEL_OFF: off,
  KIOSK_PANEL_ON: `echo on >> ${folder}/did`,
})
const did = () => (existsSync(join(folder, 'did')) ? readFileSync(join(folder, 'did'), 'utf8').trim().split('\n') : [])

it('is dark two minutes after nobody is wanted, and bright at once', async () => {
  const told: boolean[] = []
  const panel = createPanel({ environment: commands(), log: () => undefined, onChange: (on) => told.push(on) })
  panel.heard(0, true)
  panel.heard(1_000, false)
  panel.heard(120_999, false)
  expect(did()).toEqual([])
  panel.heard(121_000, false)
  panel.heard(122_000, false)
  await expect.poll(() => told).toEqual([false])
  panel.heard(123_000, true)
  await expect.poll(did).toEqual(['off', 'on'])
  expect(told).toEqual([false, true])
})

it('says once that a command failed, and the screen is not taken for dark', async () => {
  const told: boolean[] = []
  const logged: unknown[] = []
  const panel = createPanel({
    environment: commands('no-such-command-here'),
    log: (detail) => logged.push(detail),
    onChange: (on) => told.push(on),
  })
  panel.heard(0, false)
  panel.heard(120_000, false)
  panel.heard(300_000, false)
  await expect.poll(() => logged).toHaveLength(1)
  expect(told).toEqual([])
})

it('does nothing where the machine names no commands', () => {
  const panel = createPanel({
    environment: {},
    log: () => undefined,
    onChange: () => {
      throw new Error('nothing changed')
    },
  })
  panel.heard(0, false)
  panel.heard(1_000_000, false)
  panel.leaveOn()
})
