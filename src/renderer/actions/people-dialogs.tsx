import { useState } from 'react';
import type { CorrectionRow, DayReturnRow } from '../../shared/contract/people-queries.ts';
import {
  CORRECTED_FACTS,
  CorrectedPassage,
  type CorrectionChange,
} from '../../shared/domain/correction.ts';
import { DayReturnOutcome } from '../../shared/domain/day-return.ts';
import type { CrossingId } from '../../shared/domain/ids.ts';
import { SuspendedKind } from '../../shared/domain/suspension.ts';
import { useSite } from '../live/client.tsx';
import { useNames } from '../live/names.ts';
import { Select, TextField } from '../ui/fields.tsx';
import { useWords } from '../words/words.ts';
import { useFactText } from './fact-text.ts';
import { Reasoned } from './reasoned.tsx';

interface Closing {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Where somebody is whose exit is missing. */
export function DayReturnDialog({ row, ...rest }: Closing & { readonly row: DayReturnRow }) {
  const { t } = useWords();
  const names = useNames();
  const [outcome, setOutcome] = useState<DayReturnOutcome>('left');
  return (
    <Reasoned
      name="day-return.decide"
      input={(reason) => ({ crossing: row.crossing, outcome, reason })}
      title={t('ledger.decide-title', { person: row.person })}
      text={t('ledger.decide-text', { back: names.place(row.back) })}
      doIt={t('ledger.decide')}
      done={t('ledger.decided')}
      presets={['ledger.preset-camera', 'ledger.preset-phone', 'ledger.preset-paper']}
      {...rest}
    >
      <Select
        label={t('ledger.outcome')}
        value={outcome}
        choices={DayReturnOutcome.options.map((value) => {
          return { value, text: t(`ledger.outcome-${value}`) };
        })}
        onChange={setOutcome}
      />
    </Reasoned>
  );
}

/** Suspends whom the id names; without one it is written here. */
export function SuspendDialog(
  props: Closing & { readonly kind: SuspendedKind; readonly id: string | null },
) {
  const { t } = useWords();
  const { id, onClose, onDone } = props;
  const [kind, setKind] = useState(props.kind);
  const [written, setWritten] = useState(id ?? '');
  const what = `${t(`ledger.kind-${kind}`)} ${written}`.trim();
  return (
    <Reasoned
      name="suspension.begin"
      input={(reason) => ({ kind, id: written.trim(), reason })}
      title={written.trim() === '' ? t('ledger.suspend-new') : t('ledger.suspend-title', { what })}
      text={t('ledger.suspend-text')}
      doIt={t('ledger.suspend')}
      done={t('ledger.suspended')}
      tone="danger"
      presets={['actions.preset-identity', 'actions.preset-staff', 'actions.preset-order']}
      blocked={written.trim() === ''}
      onDone={onDone}
      onClose={onClose}
    >
      {id === null && (
        <>
          <Select
            label={t('ledger.column-kind')}
            value={kind}
            choices={SuspendedKind.options.map((value) => {
              return { value, text: t(`ledger.kind-${value}`) };
            })}
            onChange={setKind}
          />
          <TextField
            label={t('ledger.column-id')}
            value={written}
            onChange={setWritten}
            maxLength={64}
          />
        </>
      )}
    </Reasoned>
  );
}

export function LiftDialog(props: Closing & { readonly kind: SuspendedKind; readonly id: string }) {
  const { t } = useWords();
  const { id, kind, onClose, onDone } = props;
  return (
    <Reasoned
      name="suspension.end"
      input={(reason) => ({ kind, id, reason })}
      title={t('ledger.lift-title', { what: `${t(`ledger.kind-${kind}`)} ${id}` })}
      text={t('ledger.lift-text')}
      doIt={t('ledger.lift')}
      done={t('ledger.lifted')}
      presets={['actions.preset-identity', 'actions.preset-normal', 'actions.preset-staff']}
      onDone={onDone}
      onClose={onClose}
    />
  );
}

/** `2026-03-09 08:15:00` in Hong Kong as ms since 1970; null for what is no such time. */
function hkTimeMs(text: string): number | null {
  const parts = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text.trim());
  const ms = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}+08:00`);
  return Number.isNaN(ms) ? null : ms;
}

const FACTS = CORRECTED_FACTS.map((fact) => fact);
const VALUES = { passage: ['not-taken', 'passed'], 'day-return': ['stayed', 'left'] } as const;

/** Asks that a recorded fact be put right: what is wrong, and what is right. */
export function CorrectDialog(
  props: Closing & {
    readonly crossing: CrossingId;
    readonly fact: CorrectionChange['fact'];
    /** What stands there now: something else is offered first. */
    readonly now: string;
    /** When it is recorded to have happened, ms. */
    readonly atMs: number | null;
  },
) {
  const { t, dayTime } = useWords();
  const { crossing, onClose, onDone } = props;
  const [fact, setFact] = useState(props.fact);
  const [time, setTime] = useState(props.atMs === null ? '' : dayTime(props.atMs));
  const values: readonly string[] = fact === 'time' ? [] : VALUES[fact];
  const [chosen, setChosen] = useState('');
  const other = values.find((one) => one !== props.now) ?? '';
  const value = values.includes(chosen) ? chosen : other;
  const after = fact === 'time' ? hkTimeMs(time) : value;
  const possible = FACTS.filter((one) => (one === 'day-return') === (props.fact === 'day-return'));
  return (
    <Reasoned
      name="correction.ask"
      input={(reason) => ({ crossing, change: { fact, after } as CorrectionChange, reason })}
      title={t('ledger.correct-title', { crossing })}
      text={t('ledger.correct-text')}
      doIt={t('ledger.correct-ask')}
      done={t('ledger.correct-done')}
      presets={['ledger.preset-camera', 'ledger.preset-paper', 'ledger.preset-phone']}
      blocked={after === null}
      onDone={onDone}
      onClose={onClose}
    >
      <Select
        label={t('ledger.correct-what')}
        value={fact}
        choices={possible.map((one) => ({ value: one, text: t(`ledger.fact-${one}`) }))}
        onChange={setFact}
      />
      {fact === 'time' ? (
        <TextField
          label={t('ledger.correct-time')}
          value={time}
          onChange={setTime}
          maxLength={19}
          hint={t('ledger.correct-time-hint')}
        />
      ) : (
        <Select
          label={t('ledger.correct-to')}
          value={value}
          choices={VALUES[fact].map((one) => ({
            value: one as string,
            text: t(`ledger.value-${one}`),
          }))}
          onChange={setChosen}
        />
      )}
    </Reasoned>
  );
}

/** How a passage ended that nobody saw. */
export function AnswerDialog(props: Closing & { readonly crossing: CrossingId }) {
  const { t } = useWords();
  const { crossing, onClose, onDone } = props;
  const [passage, setPassage] = useState<CorrectedPassage>('passed');
  return (
    <Reasoned
      name="passage.answer"
      input={(reason) => ({ crossing, passage, reason })}
      title={t('ledger.answer-title', { crossing })}
      text={t('ledger.answer-text')}
      doIt={t('ledger.answer')}
      done={t('ledger.answered')}
      presets={['ledger.preset-camera', 'ledger.preset-phone', 'ledger.preset-paper']}
      onDone={onDone}
      onClose={onClose}
    >
      <Select
        label={t('ledger.fact-passage')}
        value={passage}
        choices={CorrectedPassage.options.map((value) => {
          return { value, text: t(`ledger.value-${value}`) };
        })}
        onChange={setPassage}
      />
    </Reasoned>
  );
}

/** The second person's word on a correction. */
export function SettleDialog(
  props: Closing & { readonly act: 'confirm' | 'decline'; readonly row: CorrectionRow },
) {
  const { t } = useWords();
  const { act, onClose, onDone, row } = props;
  const { fact, value } = useFactText();
  const { correction } = row;
  const told = { fact: fact(row), before: value(row.before), after: value(row.after) };
  const isConfirm = act === 'confirm';
  return (
    <Reasoned
      name={isConfirm ? 'correction.confirm' : 'correction.decline'}
      input={(reason) => ({ correction, reason })}
      title={t(`ledger.${act}-title`, { crossing: row.crossing })}
      text={isConfirm ? t('ledger.confirm-text', told) : t('ledger.decline-text')}
      doIt={t(`ledger.${act}`)}
      done={t(`ledger.${act}-done`)}
      presets={['ledger.preset-camera', 'ledger.preset-paper', 'ledger.preset-phone']}
      onDone={onDone}
      onClose={onClose}
    />
  );
}

/** Heads were counted in an area: an entry in the ledger. */
export function CountDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { site } = useSite();
  const names = useNames();
  const [id, setId] = useState<string>(site.areas[0]?.id ?? '');
  const [written, setWritten] = useState('');
  const area = site.areas.find((one) => one.id === id)?.id;
  const counted = /^\d{1,6}$/.test(written.trim()) ? Number(written) : null;
  if (area === undefined) return null;
  return (
    <Reasoned
      name="area.count"
      input={(reason) => ({ area, counted: counted ?? 0, reason })}
      title={t('muster.count')}
      text={t('ledger.count-text')}
      doIt={t('muster.count')}
      done={t('ledger.count-done')}
      presets={['actions.preset-staff', 'actions.preset-drill']}
      blocked={counted === null}
      onClose={onClose}
    >
      <Select
        label={t('ledger.count-area')}
        value={id}
        choices={site.areas.map((one) => ({ value: one.id as string, text: names.area(one.id) }))}
        onChange={setId}
      />
      <TextField
        label={t('ledger.count-heads')}
        value={written}
        onChange={setWritten}
        maxLength={6}
      />
    </Reasoned>
  );
}
