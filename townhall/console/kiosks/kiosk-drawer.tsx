import { Badge, Button, Drawer, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { hub } from '../api/hub.ts'
import { agoInWords, dateTime, sizeInWords, spanInWords } from '../ui/dates.ts'
import { Failure, Waiting } from '../ui/page.tsx'
import { healthInWords, levelWords } from './health-words.ts'
import { InternetPart } from './internet-part.tsx'
import { clockInWords, queueInWords, sequenceInWords } from './kiosk-words.ts'
import { RevokeDialog } from './revoke-dialog.tsx'
import { StateWord } from './state-word.tsx'

type Kiosk = Awaited<ReturnType<typeof hub.kiosks.list>>['kiosks'][number]
const hosts = { electron: '専用の画面（Electron）', chromium: 'ブラウザー（Chromium）', headless: '画面なし' } as const
const levelColors = { info: 'gray', warning: 'yellow', error: 'red' } as const

export function KioskDrawer(props: { kiosk: Kiosk | null; nowMs: number; onClose: () => void }) {
  const { kiosk } = props
  return (
    <Drawer
      opened={kiosk !== null}
      onClose={props.onClose}
      position="right"
      size="xl"
      title={kiosk?.name}
      closeButtonProps={{ 'aria-label': '閉じる' }}
      styles={{ title: { fontWeight: 700, fontSize: 20 } }}
    >
      {kiosk && <Particulars kiosk={kiosk} nowMs={props.nowMs} />}
    </Drawer>
  )
}

function Particulars({ kiosk, nowMs }: { kiosk: Kiosk; nowMs: number }) {
  const [revoking, revoke] = useDisclosure(false)
  return (
    <Stack gap="lg">
      <dl className="facts">
        <Fact name="様子">
          <StateWord kiosk={kiosk} />
        </Fact>
        {factsOf(kiosk, nowMs).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
      {kiosk.state === 'active' && <InternetPart kiosk={kiosk} />}
      <Stack gap="xs">
        <Title order={3} size={16}>
          最近のできごと
        </Title>
        <Health kioskId={kiosk.id} />
      </Stack>
      {kiosk.state === 'active' && (
        <Group>
          <Button variant="outline" color="#a90000" onClick={revoke.open}>
            登録を取り消す
          </Button>
        </Group>
      )}
      <RevokeDialog kiosk={kiosk} opened={revoking} onClose={revoke.close} />
    </Stack>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function factsOf(kiosk: Kiosk, nowMs: number): [string, string][] {
  const facts: [string, string][] = [
    ['端末の名', kiosk.id],
    ['登録した日', dateTime(kiosk.enrolledAtMs)],
    [
      '最後の連絡',
      kiosk.lastHeardAtMs === null
        ? 'まだありません'
        : `${agoInWords(kiosk.lastHeardAtMs, nowMs)}（${dateTime(kiosk.lastHeardAtMs)}）`,
    ],
    ['記録の番号', sequenceInWords(kiosk.sequence).words],
    ['断った要求', `${kiosk.refusedRequests.toLocaleString('ja-JP')}件`],
  ]
  const { status } = kiosk
  if (!status) return facts
  return [
    ...facts,
    ['表示している公開', status.releaseNumber === 0 ? '端末に入っていたもの（第0版）' : `第${status.releaseNumber}版`],
    [
      '未送信の記録',
      status.oldestUnsentAtMs === null
        ? queueInWords(status.outboxDepth)
        : `${queueInWords(status.outboxDepth)}（${agoInWords(status.oldestUnsentAtMs, nowMs)}のものから）`,
    ],
    ['時計', clockInWords(status.clockOffsetMs)],
    ['空き容量', status.freeDiskBytes === null ? 'わかりません' : sizeInWords(status.freeDiskBytes)],
    ['動いている時間', spanInWords(status.uptimeMs)],
    ['動かし方', `${hosts[status.host]}、版 ${status.softwareVersion}`],
  ]
}

function Health({ kioskId }: { kioskId: string }) {
  const health = useQuery({
    queryKey: ['kiosks', kioskId, 'health'],
    queryFn: () => hub.kiosks.health({ kioskId, limit: 50 }),
    refetchInterval: 30_000,
  })
  if (health.isPending) return <Waiting rows={4} />
  if (health.error) return <Failure error={health.error} again={() => void health.refetch()} />
  if (health.data.entries.length === 0) return <Text size="sm">まだ知らせはありません。</Text>
  return (
    <Table className="plain-table" fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>日時</Table.Th>
          <Table.Th>重さ</Table.Th>
          <Table.Th>できごと</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {health.data.entries.map((entry) => {
          const words = healthInWords(entry)
          return (
            <Table.Tr key={entry.sequence}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{dateTime(entry.atMs)}</Table.Td>
              <Table.Td>
                <Badge color={levelColors[entry.level]} variant="light" c="dark" style={{ overflow: 'visible' }}>
                  {levelWords[entry.level]}
                </Badge>
              </Table.Td>
              <Table.Td>
                {words.sentence}
                {words.particulars && (
                  <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                    {words.particulars}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
