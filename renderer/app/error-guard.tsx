import { Component, type ReactNode } from 'react'

type Props = { children: ReactNode; onFail(message: string): void }

/** A mistake of ours is never the visitor's: the screen goes back to its beginning and the kiosk is told. */
export class ErrorGuard extends Component<Props, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override componentDidCatch(error: unknown) {
    this.props.onFail(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    this.setState({ failed: false })
  }
  override render() {
    return this.state.failed ? null : this.props.children
  }
}
