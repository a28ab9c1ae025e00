import type { ReactNode } from 'react';
import { type AgeState, ageState } from '../../shared/domain/age-state.ts';
import type { Priority } from '../../shared/domain/incident.ts';
import { useWords } from '../words/words.ts';
import './badges.css';

const SHAPES: Record<Priority, string> = { 1: '▲', 2: '◆', 3: '■', 4: '●' };

/** The shape alone, coloured; the word stands beside it or in the label. */
export function PriorityMark({ priority }: { readonly priority: Priority }) {
  const { t } = useWords();
  return (
    <span className={`mark p${priority}`} role="img" aria-label={t(`domain.priority-${priority}`)}>
      {SHAPES[priority]}
    </span>
  );
}

/** Shape, word and colour of a priority. */
export function PriorityBadge({ priority }: { readonly priority: Priority }) {
  const { t } = useWords();
  return (
    <span className={`badge p${priority}`}>
      <span aria-hidden="true">{SHAPES[priority]}</span> {t(`domain.priority-${priority}`)}
    </span>
  );
}

export type BadgeTone = 'plain' | 'strong' | 'late' | 'p1' | 'p2' | 'p3' | 'p4' | 'training';

/** Each colour with the shape of its priority: whoever sees no colours sees that. */
const TONE_SHAPES: Partial<Record<BadgeTone, string>> = {
  p1: SHAPES[1],
  p2: SHAPES[2],
  p3: SHAPES[3],
  p4: SHAPES[4],
};

function ToneShape({ tone }: { readonly tone: BadgeTone }) {
  const shape = TONE_SHAPES[tone];
  return shape === undefined ? null : <span aria-hidden="true">{`${shape} `}</span>;
}

/** A word in a frame: a state that wants to be seen, without being an alarm. */
export function Badge({
  children,
  tone = 'plain',
}: {
  readonly children: ReactNode;
  readonly tone?: BadgeTone | undefined;
}) {
  return (
    <span className={`badge badge-frame badge-${tone}`}>
      <ToneShape tone={tone} />
      {children}
    </span>
  );
}

/** Words of a colour and its shape, without a frame: in a table's cell, or a line of their own. */
export function Marked(props: {
  readonly tone: 'p1' | 'p2' | 'p3' | 'p4';
  readonly line?: boolean | undefined;
  readonly children: ReactNode;
}) {
  const { children, line, tone } = props;
  const marked = (
    <>
      <ToneShape tone={tone} />
      {children}
    </>
  );
  return line ? <p className={tone}>{marked}</p> : <span className={tone}>{marked}</span>;
}

/** Marks what came late and therefore could not act. */
export function LateMark() {
  const { t } = useWords();
  return <Badge tone="late">{t('domain.timing-late')}</Badge>;
}

export interface AgeProps {
  /** Real ms since last heard; null = never. */
  readonly ageMs: number | null;
  /** False where its driver cannot reach it now. */
  readonly online: boolean;
  /** With the word of the state, not only the time. */
  readonly long?: boolean | undefined;
}

/** Fresh, uncertain, stale or offline, as pattern, word and time. */
export function Age({ ageMs, online, long }: AgeProps) {
  const { t, ago } = useWords();
  const state = ageState(ageMs, online);
  const word = t(`domain.age-${state}`);
  // Since when it is away is not known.
  const isUndated = ageMs === null && state === 'offline';
  const when = ageMs === null ? t('app.never') : ago(ageMs);
  const text = long || state !== 'fresh' ? `${word} · ${when}` : when;
  return (
    <span className={`age age-${state}`}>
      <AgeDot state={state} />
      {isUndated ? word : text}
    </span>
  );
}

/** The small square of an age state: filled, hatched, dotted or empty. */
export function AgeDot({ state }: { readonly state: AgeState }) {
  const { t } = useWords();
  return (
    <span className={`age-dot age-dot-${state}`} role="img" aria-label={t(`domain.age-${state}`)} />
  );
}
