import { useState } from 'react';
import type { CrossingId } from '../../shared/domain/ids.ts';
import type { JointResult } from '../../shared/domain/joint-record.ts';
import { AUTHORITY_WORDS } from '../../shared/locale/regime-terms.ts';
import type { WordKey } from '../../shared/locale/tables.ts';
import { Select } from '../ui/fields.tsx';
import { Busy, ErrorBox } from '../ui/states.tsx';
import { useWords } from '../words/words.ts';
import { JointSides, OwnSide, ownOf, resultsFor, useJointSides } from './joint-sides.tsx';
import { Reasoned } from './reasoned.tsx';

const PRESETS: Readonly<Record<JointResult, readonly WordKey[]>> = {
  released: ['joint.preset-nothing', 'actions.preset-identity', 'actions.preset-cleared'],
  held: ['joint.preset-doubt', 'joint.preset-closer', 'actions.preset-staff'],
};

/** A side's own result of a joint inspection, by somebody who acts for that side. */
export function JointDialog(props: {
  readonly crossing: CrossingId;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t, text3 } = useWords();
  const { crossing, onClose, onDone } = props;
  const { again, data, fault } = useJointSides(crossing);
  const [chosen, setChosen] = useState<JointResult>('released');
  const own = data && ownOf(data);
  const results = own ? resultsFor(own) : [];
  const result = results.includes(chosen) ? chosen : results[0];
  const side = own ? text3(AUTHORITY_WORDS[own.side]) : '';
  return (
    <Reasoned
      name="joint.give"
      input={(reason) => ({ crossing, result: result ?? chosen, reason })}
      title={own ? t('joint.give-title', { side }) : t('joint.give-own')}
      text={own ? t('joint.give-text', { side }) : t('joint.rule')}
      doIt={t(`joint.do-${result ?? chosen}`)}
      done={t(`joint.done-${result ?? chosen}`)}
      presets={PRESETS[result ?? chosen]}
      blocked={result === undefined}
      onDone={onDone}
      onClose={onClose}
    >
      {fault && <ErrorBox fault={fault} onRetry={again} />}
      {data === null && !fault && <Busy />}
      {data?.sides === null && <p>{t('joint.give-gone')}</p>}
      {data?.sides && <JointSides told={data} />}
      {data?.sides && own === null && <OwnSide told={data} />}
      {result !== undefined && (
        <Select
          label={t('joint.result')}
          value={result}
          choices={results.map((value) => ({ value, text: t(`ledger.joint-result-${value}`) }))}
          onChange={setChosen}
        />
      )}
    </Reasoned>
  );
}
