import { Button, Center, Stack, Text } from '@mantine/core'
import { Component, type ReactNode } from 'react'

/** A page that breaks says so and offers the way back, instead of a white screen. */
export class ErrorGuard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <Center mih="100vh" p="xl">
        <Stack align="center">
          <Text>このページで思わぬことが起きました。記録は失われていません。</Text>
          <Button component="a" href="/">
            はじめのページへ
          </Button>
        </Stack>
      </Center>
    )
  }
}
