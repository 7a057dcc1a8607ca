import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InternetCounts } from '../../../contract/hub-api.ts'
import { internetRefusals } from '../../../contract/internet-policy.ts'
import { hub } from '../api/hub.ts'
import { number } from '../ui/dates.ts'
import { Failure, Waiting } from '../ui/page.tsx'
import { EndTurnDialog } from './end-turn-dialog.tsx'
import { internetStateInWords, refusalInWords } from './internet-words.ts'

/** 体験インターネット of one kiosk: whether somebody is in it, counts, and its end. */
export function InternetPart({ kiosk }: { kiosk: { id: string; name: string } }) {
  /** The turn that was seen when the question was asked. */
  const [asked, setAsked] = useState<string | null>(null)
  const view = useQuery({
    queryKey: ['kiosks', kiosk.id, 'internet'],
    queryFn: () => hub.internet.view({ kioskId: kiosk.id }),
    refetchInterval: 10_000,
  })
  return (
    <Stack gap="xs" component="section" aria-label="体験インターネット">
      <Title order={3} size={16}>
        体験インターネット
      </Title>
      {view.isPending ? (
        <Waiting rows={2} />
      ) : view.error && !view.data ? (
        <Failure error={view.error} again={() => void view.refetch()} />
      ) : (
        <>
          <Group justify="space-between">
            <Text size="sm" fw={600}>
              {internetStateInWords(view.data.state, view.data.connected)}
            </Text>
            <Button
              size="xs"
              variant="default"
              disabled={view.data.turn === null}
              onClick={() => setAsked(view.data.turn)}
            >
              終わらせる
            </Button>
          </Group>
          <Counts today={view.data.today} month={view.data.month} />
        </>
      )}
      <Text size="xs" c="dimmed">
        わかるのは回数だけです。どのサイトを見たかは、端末にも役場にも残りません。
      </Text>
      <EndTurnDialog kiosk={kiosk} turn={asked} onClose={() => setAsked(null)} />
    </Stack>
  )
}

function Counts({ today, month }: { today: InternetCounts; month: InternetCounts }) {
  const timesOf = (counts: InternetCounts, reason: string) =>
    counts.refused.find((one) => one.reason === reason)?.times ?? 0
  const seen = internetRefusals.filter((reason) => timesOf(month, reason) > 0)
  return (
    <Table className="plain-table" fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>回数</Table.Th>
          <Table.Th className="figure">今日</Table.Th>
          <Table.Th className="figure">今月</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th scope="row">使われた回数</Table.Th>
          <Table.Td className="figure">{number(today.turns)}</Table.Td>
          <Table.Td className="figure">{number(month.turns)}</Table.Td>
        </Table.Tr>
        {seen.map((reason) => (
          <Table.Tr key={reason}>
            <Table.Th scope="row" fw={400}>
              止めたもの：{refusalInWords(reason)}
            </Table.Th>
            <Table.Td className="figure">{number(timesOf(today, reason))}</Table.Td>
            <Table.Td className="figure">{number(timesOf(month, reason))}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
