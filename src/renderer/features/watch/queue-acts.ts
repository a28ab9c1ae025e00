import { useMemo } from 'react';
import type { QueueRow } from '../../../shared/contract/views.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useNames } from '../../live/names.ts';
import { useWords, type Words } from '../../words/words.ts';
import { type QueueException, whoOf } from './queue-text.ts';

/** One thing that can be done about a row. The first of them is its next action. */
export interface QueueAct {
  readonly id: 'open' | 'admit' | 'refuse' | 'acknowledge' | 'resolve' | 'lock';
  readonly text: string;
  /** The key that does it while the row is chosen. */
  readonly keys: string;
  readonly run: () => void;
}

/** What may be done about somebody referred; who is watched for is looked at first. */
export function exceptionActs(
  row: QueueException,
  t: Words['t'],
  ask: (act: 'admit' | 'refuse') => void,
): readonly QueueAct[] {
  const watched = row.reasons.some((reason) => reason.is === 'not-watchlisted');
  const open = () => go('exceptions', { exception: row.id });
  const look: QueueAct = { id: 'open', text: t('watch.open-case'), keys: 'o', run: open };
  return [
    ...(watched ? [look] : []),
    { id: 'admit', text: t('watch.admit'), keys: 'y', run: () => ask('admit') },
    { id: 'refuse', text: t('watch.refuse'), keys: 'n', run: () => ask('refuse') },
  ];
}

/** What the person who is signed in can do about a row, the next action first. */
export function useQueueActs(): (row: QueueRow) => readonly QueueAct[] {
  const words = useWords();
  const { t } = words;
  const names = useNames();
  const may = useMay();
  const actions = useActions();
  return useMemo(() => {
    const decide = (row: QueueException): readonly QueueAct[] => {
      if (!may('exception.admit')) return [];
      const who = whoOf(row, words, names);
      return exceptionActs(row, t, (act) => actions.ask({ act, row, who }));
    };
    const lock = (row: QueueRow): QueueAct[] => {
      const { lane } = row;
      if (lane === null || !may('gate.command')) return [];
      const run = () => actions.ask({ act: 'gate', lane, action: 'lock' });
      return [{ id: 'lock', text: t('watch.lock'), keys: 'l', run }];
    };
    return (row) => {
      if (row.type === 'exception') return [...decide(row), ...lock(row)];
      if (!may('incident.acknowledge')) return [];
      const { id, incident } = row;
      const first: QueueAct =
        row.state === 'raised'
          ? {
              id: 'acknowledge',
              text: t('watch.acknowledge'),
              keys: 'a',
              run: () => void actions.acknowledge(id),
            }
          : {
              id: 'resolve',
              text: t('watch.resolve'),
              keys: 'r',
              run: () => actions.ask({ act: 'resolve', incident: id, type: incident }),
            };
      return [first, ...lock(row)];
    };
  }, [words, t, names, may, actions]);
}
