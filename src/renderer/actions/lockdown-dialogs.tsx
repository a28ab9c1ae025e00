import { useState } from 'react';
import type { LockdownId } from '../../shared/domain/ids.ts';
import { LockdownExits } from '../../shared/domain/lockdown.ts';
import { Select } from '../ui/fields.tsx';
import { useWords } from '../words/words.ts';
import { useAreaChoice } from './area-choice.tsx';
import { Reasoned } from './reasoned.tsx';

const PRESETS = ['actions.preset-staff', 'actions.preset-drill'] as const;

/** The first of two persons: where, and what becomes of the ways out. */
export function LockdownProposeDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const [exits, setExits] = useState<LockdownExits>('controlled');
  const { area, field } = useAreaChoice({
    label: t('lockdown.area'),
    wholeZone: t('lockdown.area-all'),
  });
  return (
    <Reasoned
      name="lockdown.propose"
      input={(reason) => ({ area, exits, reason })}
      title={t('lockdown.begin')}
      text={t('lockdown.begin-text')}
      doIt={t('lockdown.begin')}
      done={t('lockdown.begun-done')}
      tone="danger"
      presets={PRESETS}
      onClose={onClose}
    >
      {field}
      <Select
        label={t('lockdown.exits')}
        value={exits}
        choices={LockdownExits.options.map((value) => {
          return { value, text: t(`lockdown.exits-${value}`) };
        })}
        onChange={setExits}
      />
    </Reasoned>
  );
}

/** What can be done about an open one; `confirm-end` is the second person's word at its end. */
export type LockdownAct = 'confirm' | 'end' | 'confirm-end' | 'withdraw';

const COMMANDS = {
  confirm: 'lockdown.confirm',
  end: 'lockdown.end',
  'confirm-end': 'lockdown.confirm',
  withdraw: 'lockdown.withdraw',
} as const;

/** The second person says what they were shown. */
const CONFIRMS = {
  confirm: { what: 'begin' },
  end: {},
  'confirm-end': { what: 'end' },
  withdraw: {},
} as const;

/** The second person begins or ends it; or its end is proposed, or a proposal taken back. */
export function LockdownDialog(props: {
  readonly what: LockdownAct;
  readonly lockdown: LockdownId;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { lockdown, onClose, what } = props;
  return (
    <Reasoned
      name={COMMANDS[what]}
      input={(reason) => ({ lockdown, reason, ...CONFIRMS[what] })}
      title={t(`lockdown.${what}`)}
      text={t(`lockdown.${what}-text`)}
      doIt={t(`lockdown.${what}`)}
      done={t(`lockdown.${what}-done`)}
      tone={what === 'withdraw' ? 'main' : 'danger'}
      presets={PRESETS}
      onClose={onClose}
    />
  );
}
