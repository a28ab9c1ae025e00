import { useState } from 'react';
import type { RegimeVersionRow } from '../../../shared/contract/regime-queries.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import { Reasoned } from '../../actions/reasoned.tsx';
import { TextField } from '../../ui/fields.tsx';
import { fieldsOfMoment, firstMoment, momentOf } from '../../words/moment-field.ts';
import { useWords } from '../../words/words.ts';
import { DifferenceView } from './difference-view.tsx';

interface Closing {
  readonly onDone: () => void;
  readonly onClose: () => void;
}
interface OfVersion extends Closing {
  readonly row: RegimeVersionRow;
}

/** The first of two persons says from when on a version shall decide. */
export function ProposeDialog({
  nowMs,
  regime,
  row,
  ...closing
}: OfVersion & { readonly nowMs: number; readonly regime: Regime }) {
  const { t } = useWords();
  const [fields, setFields] = useState(() =>
    fieldsOfMoment(firstMoment(nowMs, regime.effectiveFromMs)),
  );
  const fromMs = momentOf(fields);
  return (
    <Reasoned
      name="regime.enact"
      input={(reason) => ({ draft: row.draft, fromMs: fromMs ?? 0, reason })}
      title={t('regime.propose-title', { n: row.version })}
      text={t('regime.propose-text')}
      doIt={t('regime.do-propose')}
      done={t('regime.proposed')}
      presets={['regime.preset-agreed', 'regime.preset-law']}
      blocked={fromMs === null}
      {...closing}
    >
      <div className="moment">
        <TextField
          label={t('regime.date')}
          maxLength={10}
          hint={t('crossings.day-hint')}
          value={fields.day}
          onChange={(day) => setFields({ ...fields, day })}
        />
        <TextField
          label={t('regime.at-time')}
          maxLength={5}
          hint={t('crossings.time-hint')}
          value={fields.time}
          onChange={(time) => setFields({ ...fields, time })}
        />
      </div>
    </Reasoned>
  );
}

/** The second person sees who proposed what, and agrees to that very moment. */
export function AgreeDialog({
  fromMs,
  inForce,
  regime,
  row,
  who,
  ...closing
}: OfVersion & {
  readonly fromMs: number;
  readonly who: string;
  readonly inForce: Regime;
  readonly regime: Regime;
}) {
  const { t, dayTime } = useWords();
  const at = dayTime(fromMs);
  return (
    <Reasoned
      name="regime.enact"
      input={(reason) => ({ draft: row.draft, fromMs, reason })}
      title={t('regime.agree-title', { n: row.version })}
      text={t('regime.agree-text', { who, at })}
      doIt={t('regime.do-agree')}
      done={t('regime.agreed', { at })}
      shape="wide"
      presets={['regime.preset-agreed', 'regime.preset-law']}
      {...closing}
    >
      <div className="dialog-scroll">
        <DifferenceView before={inForce} after={regime} />
      </div>
    </Reasoned>
  );
}

export function WithdrawDialog({ row, ...closing }: OfVersion) {
  const { t } = useWords();
  return (
    <Reasoned
      name="regime.withdraw"
      input={(reason) => ({ draft: row.draft, reason })}
      title={t('regime.withdraw-title', { n: row.version })}
      text={t('regime.withdraw-text')}
      doIt={t('regime.do-withdraw')}
      done={t('regime.withdrawn', { n: row.version })}
      tone="danger"
      presets={['regime.preset-not-agreed', 'regime.preset-mistake']}
      {...closing}
    />
  );
}
