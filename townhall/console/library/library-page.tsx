import { Button, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { mdiUploadOutline } from '@mdi/js'
import { useQuery } from '@tanstack/react-query'
import type { LibraryOfHub } from '../../../contract/library/hub-view.ts'
import { hub } from '../api/hub.ts'
import { useMe } from '../api/queries.ts'
import { linkTo, useAddress } from '../app/route.ts'
import { agoInWords, day, number } from '../ui/dates.ts'
import { Icon } from '../ui/icon.tsx'
import { Card, Empty, Failure, Page, Waiting } from '../ui/page.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { LastImport } from './last-import.tsx'
import { loanAgeInWords, loanSourceInWords, readingsInWords } from './library-words.ts'
import { RunningImport } from './running-import.tsx'
import { ShelvesPage, shelvesAddress } from './shelves/shelves-page.tsx'
import { UnknownPlaces } from './unknown-places.tsx'

/** Faster while something is being read. */
const everyMs = (view: LibraryOfHub | undefined) => (view?.running ? 1_000 : 10_000)

export function LibraryPage() {
  return useAddress().searchParams.get('work') === 'shelves' ? <ShelvesPage /> : <CataloguePage />
}

function CataloguePage() {
  const me = useMe()
  const [importing, dialog] = useDisclosure(false)
  const view = useQuery({
    queryKey: ['library'],
    queryFn: () => hub.library.view(),
    refetchInterval: ({ state }) => everyMs(state.data),
  })
  const may = me?.role === 'administrator' || me?.role === 'editor'
  const give = (
    <Button
      leftSection={<Icon path={mdiUploadOutline} />}
      onClick={dialog.open}
      disabled={view.data?.running !== null && view.data !== undefined}
    >
      一覧を渡す
    </Button>
  )
  return (
    <Page
      title="図書館"
      lead="図書検索に出る蔵書と、貸出の状態です。渡した一覧は、次に公開したときに端末に届きます。"
      act={may ? give : undefined}
    >
      {view.isPending ? (
        <Waiting />
      ) : view.error && !view.data ? (
        <Failure error={view.error} again={() => void view.refetch()} />
      ) : (
        <>
          {view.data.running && (
            // Of the next list nobody has been asked yet.
            <RunningImport
              key={view.data.running.id}
              running={view.data.running}
              nowMs={view.data.nowMs}
              mayCancel={may}
            />
          )}
          {view.data.titles === 0 ? (
            <Empty say="蔵書はまだありません。端末は、はじめから入っている見本の本を表示しています。" />
          ) : (
            <Catalogue view={view.data} />
          )}
          {view.data.unknownPlaces.all > 0 && <UnknownPlaces {...view.data.unknownPlaces} />}
          {view.data.last && <LastImport report={view.data.last} />}
          <Loans view={view.data} />
          <Card
            title="棚の場所"
            act={
              <Button component="a" variant="default" {...linkTo(shelvesAddress)}>
                {may ? '棚を描く' : '棚を見る'}
              </Button>
            }
          >
            <Text>館内図の上に棚を描いておくと、本をえらんだ人に、その棚の場所を見せられます。</Text>
          </Card>
        </>
      )}
      <ImportDialog opened={importing} onClose={dialog.close} />
    </Page>
  )
}

function Catalogue({ view }: { view: LibraryOfHub }) {
  const readings = readingsInWords(view.readings)
  return (
    <Card title="蔵書">
      <Stack gap="sm">
        <Text>
          {number(view.titles)} タイトル{view.asOf === null ? '' : `（${day(view.asOf)} に受け取ったもの）`}
        </Text>
        {readings !== null && <Text size="sm">{readings}</Text>}
        {view.sources.length > 1 && (
          <Table className="plain-table" verticalSpacing="xs" horizontalSpacing="md" w="auto">
            <Table.Tbody>
              {view.sources.map(({ name, titles }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">{name}</Table.Th>
                  <Table.Td className="figure">{number(titles)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {view.watch && (
          <Text size="sm" c="dimmed">
            {view.watch.folder} に置かれた一覧を、自動で受け取ります。
          </Text>
        )}
        {view.daily.map(({ time, host, source }) => (
          <Text key={source} size="sm" c="dimmed">
            毎日 {time} に、{host} から自動で受け取ります。
          </Text>
        ))}
      </Stack>
    </Card>
  )
}

function Loans({ view }: { view: LibraryOfHub }) {
  const { loans } = view
  return (
    <Card title="貸出の状態">
      <Text>{loanSourceInWords(loans)}</Text>
      <Text size="sm" c="dimmed">
        {loanAgeInWords(loans, view.nowMs)}
      </Text>
      {loans.failure && (
        <Text size="sm" c="red.9" role="alert">
          {agoInWords(loans.failure.atMs, view.nowMs)}：{loans.failure.reason}
        </Text>
      )}
    </Card>
  )
}
