import { Button } from '@blueprintjs/core'
import { Component, type ReactNode } from 'react'
import { describeError } from './describeError'

interface Props {
  readonly name: string
  readonly children: ReactNode
}

/** Keeps a fault inside its view. The rest of the window, and the case, go on. */
export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    const { text } = describeError(this.state.error)
    return (
      <div className="ct-empty" role="alert">
        <h2>{this.props.name} stopped</h2>
        <p>{text} The case and the other views are not affected.</p>
        <Button onClick={() => this.setState({ error: null })}>Draw it again</Button>
      </div>
    )
  }
}
