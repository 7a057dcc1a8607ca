import { Alert, Box, Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { wordsFor } from '../api/words.ts'

/** Heading, what the page is for, and its one primary act. The heading takes the focus, so that a reader hears where it is. */
export function Page(props: { title: string; lead?: ReactNode; act?: ReactNode; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${props.title} - 芽室町 情報キオスク`
    heading.current?.focus({ preventScroll: true })
  }, [props.title])
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end" gap="md">
        <Box>
          <Title order={1} size={26} ref={heading} tabIndex={-1}>
            {props.title}
          </Title>
          {props.lead && (
            <Text c="dimmed" size="sm" mt={2}>
              {props.lead}
            </Text>
          )}
        </Box>
        {props.act}
      </Group>
      {props.children}
    </Stack>
  )
}

export function Card(props: { title?: string; act?: ReactNode; children: ReactNode; padding?: string | number }) {
  return (
    <Paper withBorder p={props.padding ?? 'lg'} component="section" aria-label={props.title}>
      {props.title && (
        <Group justify="space-between" mb="sm">
          <Title order={2} size={18}>
            {props.title}
          </Title>
          {props.act}
        </Group>
      )}
      {props.children}
    </Paper>
  )
}

/** Nothing to show: a drawing, a sentence and a way on. */
export function Empty(props: { say: string; next?: ReactNode }) {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="sm" py="lg">
        <svg className="empty-drawing" viewBox="0 0 120 90" aria-hidden="true">
          <path d="M8 74 Q34 40 60 62 T112 50 V84 H8 Z" fill="#c2e5d1" />
          <path d="M8 80 Q44 60 112 72 V84 H8 Z" fill="#9bd4b5" />
          <rect x="46" y="18" width="28" height="46" rx="4" fill="#fff" stroke="#115a36" strokeWidth="2.5" />
          <path d="M52 27 H68 M52 34 H64" stroke="#51b883" strokeWidth="2.5" strokeLinecap="round" />
        </svg>
        <Text ta="center">{props.say}</Text>
        {props.next}
      </Stack>
    </Paper>
  )
}

export function Failure(props: { error: unknown; again?: () => void }) {
  return (
    <Alert color="red" variant="light" title="できませんでした" role="alert" styles={{ title: { color: '#8b0000' } }}>
      <Text size="sm">{wordsFor(props.error)}</Text>
      {props.again && (
        <Button mt="sm" size="xs" variant="default" onClick={props.again}>
          もう一度ためす
        </Button>
      )}
    </Alert>
  )
}

export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <Paper withBorder p="lg" role="status" aria-label="読み込んでいます">
      <Stack gap="sm">
        <Skeleton height={26} width="40%" />
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity
          <Skeleton key={index} height={18} />
        ))}
      </Stack>
    </Paper>
  )
}
