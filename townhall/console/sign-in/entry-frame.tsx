import { Box, Center, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

/** The quiet frame of the pages before signing in. */
export function EntryFrame(props: { title: string; lead?: ReactNode; width?: number; children: ReactNode }) {
  useEffect(() => {
    document.title = `${props.title} - 芽室町 情報キオスク`
  }, [props.title])
  return (
    <Center mih="100vh" p="md">
      <Box w="100%" maw={props.width ?? 420} component="main">
        <Text ta="center" fw={700} c="town.9" mb="md" fz={18}>
          芽室町 情報キオスク
        </Text>
        <Paper withBorder p="xl" radius="lg">
          <Stack gap="md">
            <Box>
              <Title order={1} size={24}>
                {props.title}
              </Title>
              {props.lead && (
                <Text size="sm" c="dimmed" mt={4}>
                  {props.lead}
                </Text>
              )}
            </Box>
            {props.children}
          </Stack>
        </Paper>
      </Box>
    </Center>
  )
}
