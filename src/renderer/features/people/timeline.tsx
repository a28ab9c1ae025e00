import { useState } from 'react';
import type { TimelineEntry } from '../../../shared/contract/people-queries.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/lib/assert.ts';
import { useActions } from '../../actions/actions.ts';
import { useFactText } from '../../actions/fact-text.ts';
import { useMay } from '../../actions/may.ts';
import { useNames } from '../../live/names.ts';
import { useQuery } from '../../live/use-query.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { Badge, LateMark, PriorityMark } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { CrossingOutcome } from '../../ui/crossing.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';

const PAGE = 30;

/** Crossings that have an end, which may have been recorded wrongly. */
const ENDED: ReadonlySet<string> = new Set(['passed', 'not-taken', 'recorded', 'unknown']);

/** What an entry says, in a line. */
function Line({ entry }: { readonly entry: TimelineEntry }) {
  const { t } = useWords();
  const names = useNames();
  const { fact, value } = useFactText();
  switch (entry.what) {
    case 'crossing': {
      const way = { from: names.place(entry.from), to: names.place(entry.to) };
      const where = `${t('ledger.line-crossing', way)} · ${names.lane(entry.lane)}`;
      return (
        <>
          {where} · <CrossingOutcome state={entry.state} timing={entry.timing} />
        </>
      );
    }
    case 'presence':
      return t('ledger.line-presence', { place: names.place(entry.place) });
    case 'day-return':
      return t('ledger.line-day-return', { state: t(`ledger.state-${entry.row.state}`) });
    case 'correction': {
      const { after, before, state } = entry.row;
      const told = { fact: fact(entry.row), before: value(before), after: value(after) };
      return (
        <>
          {t('ledger.line-correction', told)}{' '}
          <Badge tone={state === 'asked' ? 'p3' : 'plain'}>{t(`ledger.correction-${state}`)}</Badge>
        </>
      );
    }
    case 'incident':
      return (
        <>
          <PriorityMark priority={entry.priority} />{' '}
          {t('ledger.line-incident', { incident: t(`domain.incident-${entry.type}`) })}
        </>
      );
    default:
      return assertNever(entry, 'entry');
  }
}

/** Who put the fact right, and who agreed. */
function Persons({ entry }: { readonly entry: TimelineEntry }) {
  const userName = useUserName();
  if (entry.what !== 'correction') return null;
  const { askedBy, settled } = entry.row;
  const both = settled === null ? [askedBy] : [askedBy, settled.by];
  return <span className="dim small"> {both.map(userName).join(' → ')}</span>;
}

function Entries(props: { readonly person: PersonId; readonly purpose: string }) {
  const { t, dayTime } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const after = trail.at(-1);
  const page = { ...props, limit: PAGE, ...(after === undefined ? {} : { after }) };
  const query = useQuery('person.timeline', page);
  const entries = query.data?.entries ?? [];
  const last = entries.at(-1)?.id;
  return (
    <>
      {query.busy && <Busy />}
      {query.fault && <ErrorBox fault={query.fault} onRetry={query.again} />}
      {query.data !== null && entries.length === 0 && <Empty>{t('ledger.timeline-empty')}</Empty>}
      <ol className="timeline" aria-label={t('ledger.timeline')}>
        {entries.map((entry) => (
          <li key={`${entry.what} ${entry.id}`} className={`timeline-row timeline-${entry.what}`}>
            <time className="dim">{dayTime(entry.atMs)}</time>
            <span className="id">{entry.id}</span>
            <span>
              <Line entry={entry} />
              <Persons entry={entry} />
              {entry.what === 'crossing' && entry.timing === 'late' && <LateMark />}
            </span>
            {entry.what === 'crossing' && ENDED.has(entry.state) && may('correction.ask') && (
              <Button
                small
                onPress={() =>
                  ask({
                    act: 'correct',
                    crossing: entry.id as never,
                    fact: 'passage',
                    now: entry.state === 'not-taken' ? 'not-taken' : 'passed',
                    atMs: entry.atMs,
                    onDone: query.again,
                  })
                }
              >
                {t('ledger.correct')}…
              </Button>
            )}
          </li>
        ))}
      </ol>
      <div className="side-buttons">
        {trail.length > 0 && (
          <Button small onPress={() => setTrail(trail.slice(0, -1))}>
            {t('ledger.timeline-newer')}
          </Button>
        )}
        {query.data?.more && last !== undefined && (
          <Button small onPress={() => setTrail([...trail, last])}>
            {t('ledger.timeline-more')}
          </Button>
        )}
      </div>
    </>
  );
}

/**
 * The ledger of one person, newest first. Asked for by itself: it shows where somebody was, so it
 * is another disclosure than finding the person, for the same purpose.
 */
export function PersonTimeline(props: { readonly person: PersonId; readonly purpose: string }) {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  return (
    <Section title={t('ledger.timeline')}>
      {asked ? (
        <Entries {...props} />
      ) : (
        <Button onPress={() => setAsked(true)}>{t('ledger.timeline-show')}</Button>
      )}
    </Section>
  );
}
