import { useState } from 'react';
import { CustodyStep, LockState, NEXT_STEPS } from '../../shared/domain/goods-steps.ts';
import { VehicleId } from '../../shared/domain/ids.ts';
import { assertNever } from '../../shared/lib/assert.ts';
import { Select, TextField } from '../ui/fields.tsx';
import { centsOf, moneyText } from '../words/amounts.ts';
import { useWords } from '../words/words.ts';
import type { GoodsAsked } from './goods-asked.ts';
import { Reasoned } from './reasoned.tsx';

type Asked<A extends GoodsAsked['act']> = Extract<GoodsAsked, { act: A }>;
interface Props<A extends GoodsAsked['act']> {
  readonly asked: Asked<A>;
  readonly onClose: () => void;
}

const PRESETS = [
  'goods.preset-papers',
  'goods.preset-examined',
  'goods.preset-enterprise',
] as const;
/** The longest number of a lock. */
const LOCK_LETTERS = 40;

/** A vehicle's electronic lock, as somebody read it. */
function LockDialog({ asked, onClose }: Props<'lock'>) {
  const { t } = useWords();
  const [vehicle, setVehicle] = useState<string>(asked.vehicle ?? '');
  const [lock, setLock] = useState('');
  const [state, setState] = useState<LockState>('locked');
  const isVehicle = VehicleId.safeParse(vehicle.trim()).success;
  return (
    <Reasoned
      name="lock.report"
      input={(reason) => ({
        ...{ vehicle: VehicleId.parse(vehicle.trim()), lock: lock.trim(), state, reason },
      })}
      title={t('goods.lock-title')}
      text={t('goods.lock-text')}
      doIt={t('goods.lock-title')}
      done={t('goods.lock-done')}
      tone={state === 'locked' ? 'main' : 'danger'}
      presets={['goods.preset-examined', 'goods.preset-papers']}
      blocked={!isVehicle || lock.trim() === ''}
      onDone={asked.onDone}
      onClose={onClose}
    >
      <TextField label={t('goods.vehicle')} value={vehicle} onChange={setVehicle} maxLength={64} />
      <TextField
        label={t('goods.lock-number')}
        value={lock}
        onChange={setLock}
        maxLength={LOCK_LETTERS}
      />
      <Select
        label={t('goods.lock-state')}
        value={state}
        choices={LockState.options.map((value) => ({ value, text: t(`goods.lock-${value}`) }))}
        onChange={setState}
      />
    </Reasoned>
  );
}

/** What became of a thing that is followed: only what can follow its last step is offered. */
function CustodyDialog({ asked: { item, onDone }, onClose }: Props<'custody'>) {
  const { t } = useWords();
  const next = NEXT_STEPS[item.step ?? 'none'];
  const [step, setStep] = useState<CustodyStep | null>(next[0] ?? null);
  return (
    <Reasoned
      name="custody.record"
      input={(reason) => ({
        ...{ consignment: item.consignment, item: item.item, reason },
        step: CustodyStep.parse(step),
      })}
      title={t('goods.custody-title')}
      text={t('goods.custody-text', { consignment: item.consignment, item: item.item })}
      doIt={t('goods.custody-title')}
      done={t('goods.custody-done')}
      tone={step === 'used' || step === 'destroyed' ? 'danger' : 'main'}
      presets={PRESETS}
      blocked={step === null}
      onDone={onDone}
      onClose={onClose}
    >
      {step !== null && (
        <Select
          label={t('goods.custody-next')}
          value={step}
          choices={next.map((value) => ({ value, text: t(`domain.custody-${value}`) }))}
          onChange={setStep}
        />
      )}
    </Reasoned>
  );
}

/** Goods of an enterprise that are no more. */
function UseDialog({ asked: { of, onDone }, onClose }: Props<'use'>) {
  const { t, number } = useWords();
  const [typed, setTyped] = useState('');
  const [how, setHow] = useState<'used' | 'destroyed'>('used');
  const quantity = /^\d{1,10}$/.test(typed.trim()) ? Number(typed) : 0;
  const isWrong = quantity < 1 || quantity > of.rest;
  const { enterprise, hsCode, unit } = of;
  const rest = number(of.rest);
  return (
    <Reasoned
      name="goods.record-use"
      input={(reason) => ({ enterprise, hsCode, unit, quantity, how, reason })}
      title={t('goods.use-title')}
      text={t('goods.use-text', { enterprise, hsCode, unit, rest })}
      doIt={t('goods.use-title')}
      done={t('goods.use-done')}
      tone="danger"
      presets={PRESETS}
      blocked={isWrong}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label={t('goods.use-quantity')}
        value={typed}
        onChange={setTyped}
        maxLength={10}
        error={typed !== '' && isWrong ? t('goods.use-quantity-wrong', { rest }) : undefined}
      />
      <Select
        label={t('goods.use-how')}
        value={how}
        choices={[
          { value: 'used', text: t('goods.use-used') },
          { value: 'destroyed', text: t('goods.use-destroyed') },
        ]}
        onChange={setHow}
      />
    </Reasoned>
  );
}

/** What an audit of drawn goods found. */
function AuditDialog({ asked: { draw, onDone }, onClose }: Props<'audit'>) {
  const { t } = useWords();
  const [result, setResult] = useState<'in-order' | 'fault'>('in-order');
  const { crossing, consignment } = draw;
  return (
    <Reasoned
      name="audit.record"
      input={(reason) => ({ crossing, consignment, result, reason })}
      title={t('goods.audit-title')}
      text={t('goods.audit-text', { crossing, consignment })}
      doIt={t('goods.audit-title')}
      done={t('goods.audit-done')}
      presets={['goods.preset-papers', 'goods.preset-examined']}
      onDone={onDone}
      onClose={onClose}
    >
      <Select
        label={t('goods.audit-result')}
        value={result}
        choices={[
          { value: 'in-order', text: t('goods.result-in-order') },
          { value: 'fault', text: t('goods.result-fault') },
        ]}
        onChange={setResult}
      />
    </Reasoned>
  );
}

/** A sale of deferred goods, at their declared value. */
function SaleDialog({ asked: { deferral, onDone }, onClose }: Props<'sale'>) {
  const words = useWords();
  const { t } = words;
  const [typed, setTyped] = useState('');
  const { crossing, consignment, currency, valueCents } = deferral;
  const leftCents = valueCents - deferral.soldCents;
  const left = moneyText(words, leftCents, currency);
  const soldCents = centsOf(typed) ?? 0;
  const isWrong = soldCents < 1 || soldCents > leftCents;
  return (
    <Reasoned
      name="sale.report"
      input={(reason) => ({ crossing, consignment, soldCents, reason })}
      title={t('goods.sale-title')}
      text={t('goods.sale-text', { consignment, left })}
      doIt={t('goods.sale-title')}
      done={t('goods.sale-done')}
      presets={['goods.preset-enterprise', 'goods.preset-papers']}
      blocked={isWrong}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label={t('goods.sale-value')}
        value={typed}
        onChange={setTyped}
        maxLength={16}
        error={typed !== '' && isWrong ? t('goods.sale-value-wrong', { left }) : undefined}
      />
    </Reasoned>
  );
}

/** The dialog of a command on goods or vehicles. */
export function GoodsDialog({ asked, onClose }: { asked: GoodsAsked; onClose: () => void }) {
  switch (asked.act) {
    case 'lock':
      return <LockDialog asked={asked} onClose={onClose} />;
    case 'custody':
      return <CustodyDialog asked={asked} onClose={onClose} />;
    case 'use':
      return <UseDialog asked={asked} onClose={onClose} />;
    case 'audit':
      return <AuditDialog asked={asked} onClose={onClose} />;
    case 'sale':
      return <SaleDialog asked={asked} onClose={onClose} />;
    default:
      return assertNever(asked, 'act on goods');
  }
}
