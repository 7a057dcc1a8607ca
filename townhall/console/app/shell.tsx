import { Anchor, AppShell, Burger, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { mdiLogout } from '@mdi/js'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { roleNamesJa } from '../../../contract/hub-api.ts'
import { auth } from '../api/auth.ts'
import { type Me, meQuery } from '../api/queries.ts'
import { Icon } from '../ui/icon.tsx'
import { tellFailure } from '../ui/tell.ts'
import type { PageName, pagesFor } from './pages.ts'
import { goTo, leaving, linkTo } from './route.ts'

export function Shell(props: {
  me: Me
  pages: ReturnType<typeof pagesFor>
  current: PageName | null
  children: ReactNode
}) {
  const [open, menu] = useDisclosure(false)
  // A page chosen on a tablet closes the menu over it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is what changes
  useEffect(menu.close, [props.current])
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'md', collapsed: { mobile: !open } }}
      padding="lg"
      styles={{ main: { background: 'var(--ground)' } }}
    >
      <AppShell.Header px="md">
        <a className="skip" href="#main">
          本文へ
        </a>
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={open}
              onClick={menu.toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={open ? 'メニューを閉じる' : 'メニューを開く'}
            />
            <Anchor
              {...linkTo('/')}
              underline="never"
              c="town.9"
              fw={700}
              fz={{ base: 16, xs: 18 }}
              style={{ whiteSpace: 'nowrap' }}
            >
              芽室町 情報キオスク
            </Anchor>
          </Group>
          <Who me={props.me} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="ページ">
        {props.pages.map((page) => (
          <a
            key={page.name}
            className="nav-link"
            aria-current={page.name === props.current ? 'page' : undefined}
            {...linkTo(page.path)}
          >
            <Icon path={page.icon} />
            {page.title}
          </a>
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }}>
        {props.children}
      </AppShell.Main>
    </AppShell>
  )
}

function Who({ me }: { me: Me }) {
  const queries = useQueryClient()
  async function signOut() {
    try {
      await auth.signOut()
    } catch (error) {
      return tellFailure(error)
    }
    queries.clear()
    queries.setQueryData(meQuery.queryKey, null)
    goTo('/')
  }
  return (
    <Group gap="md" wrap="nowrap">
      <Text size="sm" visibleFrom="xs">
        {me.name}
        <Text span c="dimmed" size="sm">
          （{roleNamesJa[me.role]}）
        </Text>
      </Text>
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon path={mdiLogout} size={16} />}
        onClick={() => leaving(() => void signOut())}
      >
        サインアウト
      </Button>
    </Group>
  )
}
