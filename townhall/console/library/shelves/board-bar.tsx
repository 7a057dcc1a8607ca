import { ActionIcon, Button, Group, SegmentedControl, Text } from '@mantine/core'
import {
  mdiContentSaveOutline,
  mdiMagnifyMinusOutline,
  mdiMagnifyPlusOutline,
  mdiPlus,
  mdiRedo,
  mdiUndo,
} from '@mdi/js'
import { Icon } from '../../ui/icon.tsx'
import type { Tool } from './plan-board.tsx'
import type { ShelfDraft } from './use-shelf-draft.ts'

const zooms = [1, 1.5, 2, 3]

type Props = {
  draft: ShelfDraft
  tool: Tool
  zoom: number
  may: boolean
  saving: boolean
  /** Something was, since the page was opened. */
  saved: boolean
  onTool(tool: Tool): void
  onZoom(zoom: number): void
  onPut(): void
  onSave(): void
}

export function BoardBar({ draft, tool, zoom, may, saving, saved, onTool, onZoom, onPut, onSave }: Props) {
  const at = zooms.indexOf(zoom)
  const step = (by: number) => onZoom(zooms[at + by] ?? zoom)
  const { changes, faults } = draft
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="sm">
        {may && (
          <>
            <SegmentedControl
              aria-label="することを選ぶ"
              value={tool}
              onChange={(value) => onTool(value === 'draw' ? 'draw' : 'choose')}
              data={[
                { value: 'choose', label: 'えらぶ・動かす' },
                { value: 'draw', label: '新しく描く' },
              ]}
            />
            <Button variant="default" leftSection={<Icon path={mdiPlus} size={18} />} onClick={onPut}>
              まん中に置く
            </Button>
            <Group gap={4}>
              <Tip name="元に戻す" path={mdiUndo} disabled={!draft.canUndo} onClick={draft.undo} />
              <Tip name="やり直す" path={mdiRedo} disabled={!draft.canRedo} onClick={draft.redo} />
            </Group>
          </>
        )}
        <Group gap={4}>
          <Tip name="小さく見る" path={mdiMagnifyMinusOutline} disabled={at <= 0} onClick={() => step(-1)} />
          <Tip
            name="大きく見る"
            path={mdiMagnifyPlusOutline}
            disabled={at >= zooms.length - 1}
            onClick={() => step(1)}
          />
        </Group>
      </Group>
      {may && (
        <Group gap="sm" ml="auto">
          <Text size="sm" role="status" c={faults.length > 0 ? 'red.9' : undefined}>
            {faults.length > 0
              ? '名前かコードの足りない棚があります'
              : changes > 0
                ? `保存していない変更 ${changes} 件`
                : saved
                  ? '保存しました。端末に出るのは、次に公開したときです。'
                  : '変更はありません'}
          </Text>
          {faults[0] && (
            <Button variant="default" onClick={() => draft.choose(faults[0]?.key ?? null)}>
              その棚を見る
            </Button>
          )}
          <Button
            leftSection={<Icon path={mdiContentSaveOutline} size={18} />}
            disabled={changes === 0 || faults.length > 0}
            loading={saving}
            onClick={onSave}
          >
            保存する
          </Button>
        </Group>
      )}
    </Group>
  )
}

function Tip(props: { name: string; path: string; disabled: boolean; onClick: () => void }) {
  return (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={props.name}
      title={props.name}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon path={props.path} size={20} />
    </ActionIcon>
  )
}
