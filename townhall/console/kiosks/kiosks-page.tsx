import { Anchor, Badge, Button, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { mdiPlus } from '@mdi/js'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hub } from '../api/hub.ts'
import { agoInWords, number } from '../ui/dates.ts'
import { Icon } from '../ui/icon.tsx'
import { Card, Empty, Failure, Page, Waiting } from '../ui/page.tsx'
import { EnrolDialog } from './enrol-dialog.tsx'
import { KioskDrawer } from './kiosk-drawer.tsx'
import { queueInWords, sequenceInWords } from './kiosk-words.ts'
import { StateWord } from './state-word.tsx'

type Kiosk = Awaited<ReturnType<typeof hub.kiosks.list>>['kiosks'][number]

export function KiosksPage() {
  const [enrolling, enrol] = useDisclosure(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const list = useQuery({ queryKey: ['kiosks'], queryFn: () => hub.kiosks.list(), refetchInterval: 10_000 })
  const facilities = useQuery({
    queryKey: ['facilities'],
    queryFn: () => hub.kiosks.facilities(),
    refetchInterval: 10_000,
  })
  const missing = facilities.data?.facilities.filter((facility) => !facility.enrolled) ?? []
  const kiosks = list.data ? inOrder(list.data.kiosks) : []
  const shown = kiosks.find((kiosk) => kiosk.id === chosen) ?? null
  return (
    <Page
      title="端末"
      lead="各施設のロビーに置いた端末の様子です。10秒ごとに新しくなります。"
      act={
        <Button leftSection={<Icon path={mdiPlus} />} onClick={enrol.open}>
          端末を登録する
        </Button>
      }
    >
      {list.isPending ? (
        <Waiting />
      ) : list.error && !list.data ? (
        <Failure error={list.error} again={() => void list.refetch()} />
      ) : kiosks.length === 0 ? (
        <Empty
          say="登録された端末はまだありません。登録の番号を作って、端末に入れてください。"
          next={
            <Button variant="light" onClick={enrol.open}>
              登録の番号を作る
            </Button>
          }
        />
      ) : (
        <Card padding={0}>
          <KioskTable kiosks={kiosks} nowMs={list.data?.nowMs ?? 0} onChoose={setChosen} />
        </Card>
      )}
      {kiosks.length > 0 && missing.length > 0 && (
        <Text size="sm" c="dimmed">
          端末がまだ登録されていない施設：{missing.map((facility) => facility.name).join('、')}
        </Text>
      )}
      <EnrolDialog opened={enrolling} onClose={enrol.close} facilities={facilities.data?.facilities ?? []} />
      <KioskDrawer kiosk={shown} nowMs={list.data?.nowMs ?? 0} onClose={() => setChosen(null)} />
    </Page>
  )
}

/** Those in use first. */
const inOrder = (kiosks: Kiosk[]) =>
  [...kiosks].sort((a, b) => Number(a.state === 'revoked') - Number(b.state === 'revoked') || a.id.localeCompare(b.id))

function KioskTable(props: { kiosks: Kiosk[]; nowMs: number; onChoose: (id: string) => void }) {
  return (
    <Table.ScrollContainer minWidth={900}>
      <Table className="plain-table" verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>施設</Table.Th>
            <Table.Th>様子</Table.Th>
            <Table.Th>最後の連絡</Table.Th>
            <Table.Th className="figure">公開</Table.Th>
            <Table.Th className="figure">未送信</Table.Th>
            <Table.Th>記録の番号</Table.Th>
            <Table.Th className="figure">断った要求</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.kiosks.map((kiosk) => {
            const sequence = sequenceInWords(kiosk.sequence)
            return (
              <Table.Tr key={kiosk.id}>
                <Table.Th scope="row">
                  <Anchor component="button" type="button" fw={600} onClick={() => props.onChoose(kiosk.id)}>
                    {kiosk.name}
                  </Anchor>
                  <Text size="xs" c="dimmed" fw={400}>
                    {kiosk.id}
                  </Text>
                </Table.Th>
                <Table.Td>
                  <StateWord kiosk={kiosk} />
                </Table.Td>
                <Table.Td>
                  {kiosk.lastHeardAtMs === null ? '－' : agoInWords(kiosk.lastHeardAtMs, props.nowMs)}
                </Table.Td>
                <Table.Td className="figure">{kiosk.status ? `第${kiosk.status.releaseNumber}版` : '－'}</Table.Td>
                <Table.Td className="figure">{kiosk.status ? queueInWords(kiosk.status.outboxDepth) : '－'}</Table.Td>
                <Table.Td>
                  {sequence.unbroken ? (
                    sequence.words
                  ) : (
                    <Text span size="sm" c="#a90000" fw={600}>
                      {sequence.words}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td className="figure">
                  {kiosk.refusedRequests === 0 ? '0' : <Badge color="red">{number(kiosk.refusedRequests)}</Badge>}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
