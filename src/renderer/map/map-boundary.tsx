import { Component, type ReactNode } from 'react';

interface Props {
  /** Shown in place of the map after a fault in it. */
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

/** A fault in the map takes the map away, never the screen: the queue beside it must go on. */
export class MapBoundary extends Component<Props, { readonly failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}
