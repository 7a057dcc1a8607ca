import { SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import type { DraftShelf } from './draft.ts'
import { angleOf, boundsOf, type Dot, placed, toDots, toOutline, turned } from './shape.ts'
import type { ShelfDraft } from './use-shelf-draft.ts'

type Props = { draft: ShelfDraft; shelf: DraftShelf; plan: ShelfDesk['plans'][number]; may: boolean }

/** Where it is, in parts of a hundred of the plan; what would lie outside is not taken. */
export function PlaceFields({ draft, shelf, plan, may }: Props) {
  const dots = toDots(shelf.outline, plan)
  const { left, top, right, bottom } = boundsOf(dots)
  const put = (made: Dot[] | null) => {
    if (made !== null) draft.edit(shelf.key, (one) => ({ ...one, outline: toOutline(made, plan) }))
  }
  const [wide, high] = [plan.widthPx / 100, plan.heightPx / 100]
  return (
    <SimpleGrid cols={3} spacing="xs" verticalSpacing="xs" role="group" aria-label="場所と大きさ">
      <Field
        label="左から %"
        value={left / wide}
        may={may}
        onPut={(part) => put(placed(dots, { left: part * wide }, plan))}
      />
      <Field
        label="上から %"
        value={top / high}
        may={may}
        onPut={(part) => put(placed(dots, { top: part * high }, plan))}
      />
      <Field label="角度" value={angleOf(dots)} may={may} onPut={(to) => put(turned(dots, to - angleOf(dots), plan))} />
      <Field
        label="幅 %"
        value={(right - left) / wide}
        may={may}
        onPut={(part) => put(placed(dots, { width: part * wide }, plan))}
      />
      <Field
        label="高さ %"
        value={(bottom - top) / high}
        may={may}
        onPut={(part) => put(placed(dots, { height: part * high }, plan))}
      />
    </SimpleGrid>
  )
}

/** Taken when it is left or Enter is pressed: half a number is none. */
function Field(props: { label: string; value: number; may: boolean; onPut(value: number): void }) {
  const shown = String(Number(props.value.toFixed(1)))
  /** null: nothing is being typed, and the field shows what is drawn. */
  const [typed, setTyped] = useState<string | null>(null)
  function take(): void {
    const value = Number(typed?.normalize('NFKC').replace(/[%°度]/g, ''))
    if (typed !== null && typed !== shown && typed.trim() !== '' && Number.isFinite(value)) props.onPut(value)
    setTyped(null)
  }
  return (
    <TextInput
      label={props.label}
      size="xs"
      inputMode="decimal"
      value={typed ?? shown}
      readOnly={!props.may}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
}
