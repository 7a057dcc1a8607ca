import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ShelfCodes, ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import { Card, Failure } from '../../ui/page.tsx'
import { ConflictDialog, LeaveDialog } from './ask-dialogs.tsx'
import { BoardBar } from './board-bar.tsx'
import type { OpenCode } from './decide-open-codes.ts'
import { FileBar } from './file-bar.tsx'
import { dropDraft, type Kept, keepDraft, keptDraft } from './kept-draft.ts'
import { OpenCodes } from './open-codes.tsx'
import { PlanBoard, type Tool } from './plan-board.tsx'
import { ProblemsCard } from './problems-card.tsx'
import { type Dot, toOutline } from './shape.ts'
import { ShelfForm } from './shelf-form.tsx'
import { useEditorKeys } from './use-editor-keys.ts'
import { decideDropped } from './use-gesture.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useSaveShelves } from './use-save-shelves.ts'
import { useShelfDraft } from './use-shelf-draft.ts'

type Props = { desk: ShelfDesk; codes: ShelfCodes | null; mayEdit: boolean }

/** Shelves over the plan of their library: the drawing, the chosen shelf beside it, and what is not drawn yet. */
export function ShelfEditor({ desk, codes, mayEdit }: Props) {
  const draft = useShelfDraft(desk)
  const saving = useSaveShelves(draft)
  const leaving = useLeaveGuard(draft.changes > 0, dropDraft)
  const [planId, setPlanId] = useState(desk.plans[0]?.id ?? null)
  const [tool, setTool] = useState<Tool>('choose')
  const [byCorner, setByCorner] = useState(false)
  const [zoom, setZoom] = useState(1)
  const [next, setNext] = useState<OpenCode | null>(null)
  const [kept, setKept] = useState<Kept | null>(() => (mayEdit ? keptDraft() : null))
  const [fileProblems, setFileProblems] = useState<ShelfDesk['problems']>([])
  const { base, shelf } = draft
  const may = mayEdit && base.closed === null

  useEffect(() => {
    if (draft.changes > 0) keepDraft({ base: base.shelves, now: draft.shelves })
    // What was kept before stays until somebody has said what is to become of it.
    else if (kept === null) dropDraft()
  }, [base, draft.shelves, draft.changes, kept])

  const plan = base.plans.find(({ id }) => id === planId) ?? base.plans[0] ?? null

  function pick(key: string | null): void {
    draft.choose(key)
    const found = draft.shelves.find((one) => one.key === key)
    if (found && found.plan !== null && found.plan !== plan?.id) setPlanId(found.plan)
  }
  function drawNew(dots: readonly Dot[], what: OpenCode | null): void {
    if (plan === null) return
    const place = { branch: plan.branch, plan: plan.id, outline: toOutline(dots, plan) }
    const known = what?.shelf ?? null
    if (known === null) draft.add({ id: what?.code ?? '', name: { ja: what?.code ?? '' }, ...place })
    else {
      draft.edit(known.key, (one) => ({ ...one, ...place }))
      draft.choose(known.key)
    }
    setNext(null)
    setTool('choose')
  }
  function onShape(key: string | null, dots: readonly Dot[], step: string | null): void {
    if (plan === null) return
    if (key === null) drawNew(dots, next)
    else draft.edit(key, (one) => ({ ...one, plan: plan.id, outline: toOutline(dots, plan) }), step)
  }
  function draw(open: OpenCode | null): void {
    setNext(open)
    setTool('draw')
    draft.choose(null)
  }
  useEditorKeys(may, {
    undo: draft.undo,
    redo: draft.redo,
    escape() {
      setTool('choose')
      setNext(null)
    },
  })

  return (
    <>
      <Stack gap="md">
        {base.closed !== null && (
          <Alert color="red" variant="light" title="いまは保存できません" styles={{ title: { color: '#8b0000' } }}>
            <Text size="sm">{base.closed}</Text>
          </Alert>
        )}
        {kept !== null && may && (
          <Alert variant="light" title="前に描きかけた変更があります">
            <Group gap="sm">
              <Button
                size="xs"
                onClick={() => {
                  draft.resume(kept)
                  setKept(null)
                }}
              >
                続きから描く
              </Button>
              <Button size="xs" variant="default" onClick={() => setKept(null)}>
                捨てる
              </Button>
            </Group>
          </Alert>
        )}
        {saving.error !== null && <Failure error={saving.error} />}
        <div className="shelf-work">
          <Card>
            {plan === null ? (
              <Text>館内図がありません。plans.csv に館内図（絵か GeoJSON）を書くと、ここに棚を描けます。</Text>
            ) : (
              <Stack gap="sm">
                {base.plans.length > 1 && (
                  <NativeSelect
                    label="館内図"
                    value={plan.id}
                    onChange={(event) => {
                      setPlanId(event.currentTarget.value)
                      draft.choose(null)
                    }}
                    data={base.plans.map(({ id, branch, name }) => ({
                      value: id,
                      label: `${base.branches.find((one) => one.id === branch)?.name.ja ?? branch}　${name.ja}`,
                    }))}
                  />
                )}
                <BoardBar
                  {...{ draft, tool, zoom, may, saving: saving.busy, saved: saving.saved }}
                  onTool={(to) => (to === 'draw' ? draw(null) : setTool(to))}
                  onZoom={setZoom}
                  onPut={() => drawNew(decideDropped([plan.widthPx / 2, plan.heightPx / 2], plan), next)}
                  onSave={() => saving.save()}
                />
                {tool === 'draw' && (
                  <Text size="sm" role="status">
                    {next === null ? '新しい棚' : `「${next.shelf?.name.ja || next.code}」`}
                    を、図の上で角から角へなぞってください（押すだけでも置けます）。やめるときは「えらぶ」。
                  </Text>
                )}
                <PlanBoard
                  key={plan.id}
                  {...{ plan, tool, byCorner, zoom, may, onShape }}
                  shelves={draft.shelves.filter((one) => one.plan === plan.id && one.outline.length > 0)}
                  chosen={shelf?.key ?? null}
                  onChoose={draft.choose}
                  onRemove={(key) => {
                    if (draft.shelves.find((one) => one.key === key)?.from !== 'drawing') draft.remove(key)
                  }}
                />
              </Stack>
            )}
          </Card>
          <Stack gap="md">
            {shelf === null ? (
              <Card title="えらんだ棚">
                <Text size="sm">図の棚を押すと、名前や場所がここに出ます。</Text>
              </Card>
            ) : (
              <ShelfForm
                {...{ draft, shelf, codes, may, byCorner }}
                plan={base.plans.find(({ id }) => id === shelf.plan) ?? null}
                onByCorner={setByCorner}
              />
            )}
            <OpenCodes codes={codes} draft={draft.shelves} may={may && plan !== null} onDraw={draw} onChoose={pick} />
            <FileBar draft={draft} may={may} onProblems={setFileProblems} />
          </Stack>
        </div>
        <ProblemsCard title="渡したファイルの読めなかったところ" problems={fileProblems} />
        <ProblemsCard title="読めなかったところ" problems={base.problems} />
      </Stack>
      <ConflictDialog
        merge={saving.conflict?.merge ?? null}
        onKeep={saving.keep}
        onDrop={saving.drop}
        onClose={saving.later}
      />
      <LeaveDialog opened={leaving.asked} changes={draft.changes} onStay={leaving.stay} onLeave={leaving.leave} />
    </>
  )
}
