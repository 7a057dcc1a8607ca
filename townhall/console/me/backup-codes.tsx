import { Button, CopyButton, Group, SimpleGrid, Stack, Text } from '@mantine/core'

/** Shown once; on paper they open the door when the phone is lost. */
export function BackupCodes(props: { codes: string[]; onDone: () => void }) {
  return (
    <Stack>
      <Text size="sm">
        2段階認証を使っています。スマートフォンをなくしたときは、この予備コードで入れます。紙に写して、しまっておいてください。1つは一度だけ使えます。閉じると、もう見られません。
      </Text>
      <SimpleGrid cols={2} spacing={4} component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {props.codes.map((code) => (
          <Text key={code} component="li" ff="monospace" ta="center">
            {code}
          </Text>
        ))}
      </SimpleGrid>
      <Group justify="flex-end">
        <CopyButton value={props.codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? '写しました' : 'すべて写す'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={props.onDone}>控えました</Button>
      </Group>
    </Stack>
  )
}
