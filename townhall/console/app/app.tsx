import { Button, Center, Loader, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, useEffect } from 'react'
import { type Me, meQuery, sessionQuery } from '../api/queries.ts'
import { AuditPage } from '../audit/audit-page.tsx'
import { KiosksPage } from '../kiosks/kiosks-page.tsx'
import { LibraryPage } from '../library/library-page.tsx'
import { MePage } from '../me/me-page.tsx'
import { ReleasesPage } from '../releases/releases-page.tsx'
import { ReportPage } from '../reports/report-page.tsx'
import { SignInPage } from '../sign-in/sign-in-page.tsx'
import { WelcomePage } from '../sign-in/welcome-page.tsx'
import { StaffPage } from '../staff/staff-page.tsx'
import { Empty, Failure, Page } from '../ui/page.tsx'
import { keepAliveWhileUsed } from './keep-alive.ts'
import { type PageName, pages, pagesFor } from './pages.ts'
import { goTo, linkTo, useAddress } from './route.ts'
import { Shell } from './shell.tsx'

const bodies: Record<PageName, ComponentType> = {
  reports: ReportPage,
  kiosks: KiosksPage,
  library: LibraryPage,
  releases: ReleasesPage,
  staff: StaffPage,
  audit: AuditPage,
  me: MePage,
}

export function App() {
  const { pathname } = useAddress()
  const welcome = /^\/welcome\/([A-Za-z0-9_-]+)$/.exec(pathname)?.[1]
  return welcome ? <WelcomePage token={welcome} /> : <SignedIn pathname={pathname} />
}

function SignedIn({ pathname }: { pathname: string }) {
  const me = useQuery(meQuery)
  const session = useQuery(sessionQuery)
  if (me.isPending)
    return (
      <Center mih="100vh" role="status">
        <Stack align="center" gap="xs">
          <Loader />
          <Text size="sm">開いています</Text>
        </Stack>
      </Center>
    )
  if (me.error)
    return (
      <Center mih="100vh" p="xl" component="main">
        <Failure error={me.error} again={() => void me.refetch()} />
      </Center>
    )
  if (!me.data) return <SignInPage />
  return (
    <>
      <Pages key={me.data.id} me={me.data} pathname={pathname} />
      <Modal.Root
        opened={session.data === 'over'}
        onClose={() => undefined}
        fullScreen
        closeOnEscape={false}
        transitionProps={{ duration: 0 }}
        // Over the dialogs of the page, whose forms wait.
        zIndex={1_000}
        padding={0}
      >
        <Modal.Content aria-label="サインイン">
          <Modal.Body>
            <SignInPage again={me.data.email} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  )
}

function Pages({ me, pathname }: { me: Me; pathname: string }) {
  useEffect(keepAliveWhileUsed, [])
  const allowed = pagesFor(me.role)
  const first = allowed[0]
  const atRoot = pathname === '/' || pathname === '/sign-in'
  useEffect(() => {
    if (atRoot && first) goTo(first.path, 'replace')
  }, [atRoot, first])
  const page = pages.find((one) => one.path === pathname)
  const Body = page && allowed.includes(page) ? bodies[page.name] : null
  return (
    <Shell me={me} pages={allowed} current={page?.name ?? null}>
      {Body ? <Body key={page?.name} /> : atRoot ? null : <NoSuchPage known={page !== undefined} />}
    </Shell>
  )
}

function NoSuchPage({ known }: { known: boolean }) {
  return (
    <Page title={known ? '見られないページです' : 'ページがありません'}>
      <Empty
        say={
          known
            ? 'このページを見る権限がありません。必要なときは、管理の職員に役割の変更を頼んでください。'
            : 'このアドレスのページはありません。'
        }
        next={
          <Button component="a" variant="default" {...linkTo('/')}>
            はじめのページへ
          </Button>
        }
      />
    </Page>
  )
}
