import { useState } from 'react';
import type { CheckpointId, LaneId, PermitId } from '../../../shared/domain/ids.ts';
import { formName, MOST_FORMS } from '../../../shared/domain/paper-form.ts';
import { isForVehicles } from '../../../shared/domain/site.ts';
import { hkDay, hkDayStart, MINUTE_MS } from '../../../shared/lib/hk-time.ts';
import type { Fault } from '../../../shared/lib/result.ts';
import { useClient, useSite } from '../../live/client.tsx';
import { faultOf } from '../../live/entry-store.ts';
import { useNames } from '../../live/names.ts';
import { useZoneNow } from '../../live/now.ts';
import { Select, TextField } from '../../ui/fields.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useWords } from '../../words/words.ts';

interface Props {
  readonly onClose: () => void;
}

const ANYWHERE = '';
const NO_LANE = '';

/** Does something with forms, says what came of it, and goes back. */
function useDoing(onClose: () => void) {
  const toasts = useToasts();
  return async (doing: () => Promise<string>): Promise<Fault | null> => {
    try {
      toasts.show({ tone: 'plain', text: await doing() });
      onClose();
      return null;
    } catch (error) {
      return faultOf(error);
    }
  };
}

const whole = (text: string) => (/^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : null);

function useForm() {
  const [series, setSeries] = useState('A');
  const [number, setNumber] = useState('');
  const { t } = useWords();
  const fields = (
    <div className="field-row">
      <TextField label={t('paper.series')} value={series} onChange={setSeries} maxLength={6} />
      <TextField label={t('paper.number')} value={number} onChange={setNumber} maxLength={6} />
    </div>
  );
  return { series: series.trim(), number: whole(number), fields };
}

/** The next numbers of a series go to somebody. */
export function HandOutDialog({ onClose }: Props) {
  const { t } = useWords();
  const client = useClient();
  const names = useNames();
  const { site } = useSite();
  const doing = useDoing(onClose);
  const [series, setSeries] = useState('A');
  const [count, setCount] = useState('50');
  const [holder, setHolder] = useState('');
  const [checkpoint, setCheckpoint] = useState<string>(ANYWHERE);
  const forms = whole(count);
  const blocked = forms === null || forms > MOST_FORMS || holder.trim() === '';
  const handOut = async (reason: string) => {
    const { from, to } = await client.command('paper.hand-out', {
      ...{ series: series.trim(), count: forms ?? 0, holder: holder.trim(), reason },
      checkpoint: checkpoint === ANYWHERE ? null : (checkpoint as CheckpointId),
    });
    const name = (number: number) => formName(series.trim(), number);
    return t('paper.handed-out', { from: name(from), to: name(to) });
  };
  return (
    <ReasonDialog
      title={t('paper.hand-out')}
      text={t('paper.hand-out-text')}
      doIt={t('paper.hand-out')}
      blocked={blocked}
      onClose={onClose}
      onDo={(reason) => doing(() => handOut(reason))}
    >
      <div className="field-row">
        <TextField label={t('paper.series')} value={series} onChange={setSeries} maxLength={6} />
        <TextField label={t('paper.count')} value={count} onChange={setCount} maxLength={3} />
        <TextField label={t('paper.holder')} value={holder} onChange={setHolder} maxLength={32} />
        <Select
          label={t('paper.checkpoint')}
          value={checkpoint}
          choices={[
            { value: ANYWHERE, text: t('paper.any-checkpoint') },
            ...site.checkpoints.map(({ id }) => ({
              value: id as string,
              text: names.checkpoint(id),
            })),
          ]}
          onChange={setCheckpoint}
        />
      </div>
    </ReasonDialog>
  );
}

/** `14:05` of a day → ms since 1970, Hong Kong time; null where it is no time. */
function momentOf(day: string, time: string): number | null {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.trim());
  if (found === null || !/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  return hkDayStart(day) + (Number(found[1]) * 60 + Number(found[2])) * MINUTE_MS;
}

/** A crossing that was written on a form. */
export function KeyInDialog({ onClose }: Props) {
  const { t } = useWords();
  const client = useClient();
  const names = useNames();
  const { site } = useSite();
  const doing = useDoing(onClose);
  const form = useForm();
  const lanes = site.lanes.filter((lane) => !isForVehicles(lane) && lane.direction !== 'across');
  const [lane, setLane] = useState<string>(NO_LANE);
  const nowMs = useZoneNow();
  const [typedDay, setDay] = useState<string | null>(null);
  const day = typedDay ?? (nowMs === null ? '' : hkDay(nowMs));
  const [time, setTime] = useState('');
  const [permit, setPermit] = useState('');
  const [writer, setWriter] = useState('');
  const happenedMs = momentOf(day, time);
  const direction = lanes.find(({ id }) => id === lane)?.direction === 'out' ? 'out' : 'in';
  const isUnnamed = permit.trim() === '' || writer.trim() === '';
  const missing = form.number === null || lane === NO_LANE || isUnnamed;
  const keyIn = async (reason: string) => {
    const { crossing, entitled, unnamed } = await client.command('paper.key-in', {
      ...{ series: form.series, number: form.number ?? 0, lane: lane as LaneId, direction },
      ...{ happenedMs: happenedMs ?? 0, permit: permit.trim() as PermitId },
      ...{ writer: writer.trim(), reason },
    });
    const told = { form: formName(form.series, form.number ?? 0), crossing };
    const keyedIn = t(entitled ? 'paper.keyed-in' : 'paper.not-entitled', told);
    return unnamed === null ? keyedIn : `${keyedIn} ${t(`paper.unnamed-${unnamed}`)}`;
  };
  return (
    <ReasonDialog
      title={t('paper.key-in')}
      text={t('paper.key-in-text')}
      doIt={t('paper.key-in')}
      blocked={missing || happenedMs === null}
      onClose={onClose}
      onDo={(reason) => doing(() => keyIn(reason))}
    >
      {form.fields}
      <div className="field-row">
        <Select
          label={t('paper.lane')}
          value={lane}
          choices={[
            { value: NO_LANE, text: '–' },
            ...lanes.map(({ id }) => ({ value: id as string, text: names.lane(id) })),
          ]}
          onChange={setLane}
        />
        <TextField
          label={t('paper.day')}
          value={day}
          onChange={setDay}
          placeholder="YYYY-MM-DD"
          maxLength={10}
        />
        <TextField label={t('paper.time')} value={time} onChange={setTime} maxLength={5} />
        <TextField label={t('paper.permit')} value={permit} onChange={setPermit} maxLength={64} />
        <TextField label={t('paper.writer')} value={writer} onChange={setWriter} maxLength={32} />
      </div>
    </ReasonDialog>
  );
}

/** A form that was spoiled, or came back unused. */
export function VoidDialog({ onClose }: Props) {
  const { t } = useWords();
  const client = useClient();
  const doing = useDoing(onClose);
  const { fields, number, series } = useForm();
  const voidIt = async (reason: string) => {
    await client.command('paper.void', { series, number: number ?? 0, reason });
    return t('paper.voided', { form: formName(series, number ?? 0) });
  };
  return (
    <ReasonDialog
      title={t('paper.void-it')}
      text={t('paper.void-text')}
      doIt={t('paper.void-it')}
      blocked={number === null}
      onClose={onClose}
      onDo={(reason) => doing(() => voidIt(reason))}
    >
      {fields}
    </ReasonDialog>
  );
}
