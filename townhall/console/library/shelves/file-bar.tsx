import { Button, FileButton, Stack, Text } from '@mantine/core'
import { mdiDownload, mdiUploadOutline } from '@mdi/js'
import { useRef, useState } from 'react'
import type { ShelfDesk } from '../../../../contract/library/shelf-desk.ts'
import { hub } from '../../api/hub.ts'
import { Icon } from '../../ui/icon.tsx'
import { Card } from '../../ui/page.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { tellDone, tellFailure } from '../../ui/tell.ts'
import type { ShelfDraft } from './use-shelf-draft.ts'

type Props = { draft: ShelfDraft; may: boolean; onProblems(problems: ShelfDesk['problems']): void }

/** shelves.csv out and in: what comes in is looked at in the drawing first, and saved from there. */
export function FileBar({ draft, may, onProblems }: Props) {
  const [busy, setBusy] = useState(false)
  const forget = useRef<() => void>(null)
  async function quietly(work: () => Promise<void>): Promise<void> {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      tellFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const takeIn = (file: File | null) =>
    quietly(async () => {
      if (file === null) return
      // The same file, mended, may be chosen again.
      forget.current?.()
      const { shelves, problems } = await hub.library.readShelves({ file })
      draft.takeIn(shelves)
      onProblems(problems)
      tellDone(`「${file.name}」の棚 ${shelves.length} を図に出しました。確かめて「保存する」を押してください。`)
    })
  const giveOut = () =>
    quietly(async () => {
      const file = await hub.library.exportShelves()
      saveFile(file)
      tellDone(`「${file.name}」を書き出しました。`)
    })
  return (
    <Card title="表（shelves.csv）">
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          描いた棚は、町の内容のフォルダーの shelves.csv に入ります。表計算で直すこともできます。
        </Text>
        <Button
          variant="default"
          size="xs"
          loading={busy}
          leftSection={<Icon path={mdiDownload} size={16} />}
          onClick={() => void giveOut()}
        >
          保存した棚を CSV に書き出す
        </Button>
        {may && (
          <FileButton onChange={(file) => void takeIn(file)} accept=".csv,.tsv,.txt" resetRef={forget}>
            {(button) => (
              <Button
                {...button}
                variant="default"
                size="xs"
                loading={busy}
                leftSection={<Icon path={mdiUploadOutline} size={16} />}
              >
                CSV から読みこむ
              </Button>
            )}
          </FileButton>
        )}
      </Stack>
    </Card>
  )
}
