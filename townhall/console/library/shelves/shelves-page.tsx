import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { hub } from '../../api/hub.ts'
import { useMe } from '../../api/queries.ts'
import { linkTo } from '../../app/route.ts'
import { Failure, Page, Waiting } from '../../ui/page.tsx'
import { ShelfEditor } from './shelf-editor.tsx'
import { deskQuery } from './use-save-shelves.ts'
import './shelves.css'

/** 棚の場所: a part of 図書館 with an address of its own. */
export const shelvesAddress = '/library?work=shelves'

export function ShelvesPage() {
  const me = useMe()
  // Always as the folder is now: it may have been changed in a spreadsheet since.
  const desk = useQuery({ ...deskQuery, refetchOnMount: 'always', gcTime: 0 })
  const codes = useQuery({
    queryKey: ['library', 'shelf-codes'],
    queryFn: () => hub.library.shelfCodes(),
    refetchInterval: ({ state }) => (state.data?.counted === false ? 1_000 : false),
  })
  return (
    <Page
      title="棚の場所"
      lead="図書検索で本をえらんだ人に見せる、館内図の上の棚の場所です。保存したものは、次に公開したときに端末に届きます。"
      act={
        <Button component="a" variant="default" {...linkTo('/library')}>
          図書館にもどる
        </Button>
      }
    >
      {desk.isPending || me === null ? (
        <Waiting />
      ) : desk.error && !desk.data ? (
        <Failure error={desk.error} again={() => void desk.refetch()} />
      ) : (
        <ShelfEditor
          desk={desk.data}
          codes={codes.data ?? null}
          mayEdit={me.role === 'administrator' || me.role === 'editor'}
        />
      )}
    </Page>
  )
}
