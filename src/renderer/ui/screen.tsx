import type { ReactNode } from 'react';
import './screen.css';

export interface ScreenProps {
  readonly title: string;
  /** A count or a state beside the title. */
  readonly note?: ReactNode;
  /** Filters and buttons at the head's right. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A screen: a head with its title and tools, and what it is about. */
export function Screen({ title, note, tools, children }: ScreenProps) {
  return (
    <div className="screen">
      <header className="screen-head">
        <h1 className="screen-title">{title}</h1>
        {note !== undefined && <span className="screen-note">{note}</span>}
        <div className="screen-tools">{tools}</div>
      </header>
      <div className="screen-body">{children}</div>
    </div>
  );
}

/** A list with the chosen row's panel at its right. */
export function Split({
  list,
  side,
  sideLabel,
  wide,
}: {
  readonly list: ReactNode;
  readonly side: ReactNode;
  readonly sideLabel: string;
  /** More room for the panel than for the list. */
  readonly wide?: boolean | undefined;
}) {
  return (
    <div className={`split ${wide ? 'split-wide' : ''}`}>
      <div className="split-list">{list}</div>
      <aside className="split-side" aria-label={sideLabel}>
        {side}
      </aside>
    </div>
  );
}

/** A titled part of a panel. */
export function Section({
  title,
  tools,
  children,
}: {
  readonly title: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="section" aria-label={title}>
      <div className="section-head">
        <h2 className="section-title">{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}
