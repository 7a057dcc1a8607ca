import { Group } from '@mantine/core'
import type { KioskSummary } from '../../../contract/hub-api.ts'
import { stateOf } from './kiosk-words.ts'

export function StateWord({ kiosk }: { kiosk: Pick<KioskSummary, 'state' | 'silent' | 'status' | 'lastHeardAtMs'> }) {
  const state = stateOf(kiosk)
  return (
    <Group gap={6} wrap="nowrap" c={state.color} fw={600} fz="sm" style={{ whiteSpace: 'nowrap' }}>
      <span aria-hidden="true">{state.mark}</span>
      {state.word}
    </Group>
  )
}
