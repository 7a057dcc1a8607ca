import { describe, expect, it } from 'vitest'
import { inputDevices } from '../testing/input-devices.ts'
import { decidePanel, type PanelChange, type PanelMemory, touchPanels } from './decide-touch-panel.ts'

describe('touchPanels', () => {
  it.each<[keyof typeof inputDevices, boolean]>([
    ['keyboard', false],
    ['powerButton', false],
    ['mouse', false],
    ['touchpad', false],
    ['penTablet', false],
    ['panel', true],
    ['resistivePanel', true],
  ])('%s: %s', (name, is) => {
    expect(touchPanels(inputDevices[name])).toHaveLength(is ? 1 : 0)
  })

  it('finds them among the others, by name', () => {
    expect(touchPanels(Object.values(inputDevices).join(''))).toEqual([
      'ELAN Touchscreen',
      'eGalax Inc. USB TouchController',
    ])
  })

  it.each(['', 'nonsense', 'N: Name="a"\nB: KEY=zz\nB: ABS=\nB: PROP=2\n', '\n\n\n'])('none in %j', (text) => {
    expect(touchPanels(text)).toEqual([])
  })
})

describe('decidePanel', () => {
  const table: [string, PanelMemory, string[], PanelMemory, PanelChange | null][] = [
    ['never had one', { known: null, lost: false }, [], { known: null, lost: false }, null],
    ['the first time', { known: null, lost: false }, ['A'], { known: 'A', lost: false }, null],
    ['still there', { known: 'A', lost: false }, ['B', 'A'], { known: 'A', lost: false }, null],
    ['gone', { known: 'A', lost: false }, [], { known: 'A', lost: true }, { told: 'input-lost', panel: 'A' }],
    ['still gone', { known: 'A', lost: true }, [], { known: 'A', lost: true }, null],
    ['back', { known: 'A', lost: true }, ['A'], { known: 'A', lost: false }, { told: 'input-back', panel: 'A' }],
    [
      'another instead',
      { known: 'A', lost: true },
      ['B'],
      { known: 'B', lost: false },
      { told: 'input-back', panel: 'B' },
    ],
    ['exchanged while switched off', { known: 'A', lost: false }, ['B'], { known: 'B', lost: false }, null],
  ]
  it.each(table)('%s', (_, memory, panels, next, change) => {
    expect(decidePanel(memory, panels)).toEqual({ memory: next, change })
  })
})
