import { type FormEvent, useState } from 'react';
import { PresenceWhere } from '../../../shared/presence/counted.ts';
import { choose } from '../../actions/route.ts';
import { useExport } from '../../actions/use-export.ts';
import { useClient } from '../../live/client.tsx';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Screen } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { MonthShares } from './month-shares.tsx';
import type { MonthAsk } from './use-month.ts';

const LEAST_PURPOSE = 3;

/** Which month, what counts, and for what purpose, since it is journalled. */
function MonthForm(props: {
  readonly months: readonly string[];
  readonly onAsk: (ask: MonthAsk) => void;
}) {
  const { t } = useWords();
  const { months, onAsk } = props;
  const [chosen, setMonth] = useState<string | null>(null);
  const [where, setWhere] = useState<PresenceWhere>('zone');
  const [purpose, setPurpose] = useState('');
  const month = chosen ?? months[0];
  const isReady = month !== undefined && purpose.trim().length >= LEAST_PURPOSE;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onAsk({ month, where, purpose: purpose.trim() });
  };
  return (
    <form className="month-form" onSubmit={submit}>
      <Select
        label={t('presenceMonth.month')}
        value={month ?? ''}
        choices={months.map((value) => ({ value, text: value }))}
        onChange={setMonth}
      />
      <Select
        label={t('presence.where')}
        value={where}
        choices={PresenceWhere.options.map((value) => {
          return { value, text: t(`presence.where-${value}`) };
        })}
        onChange={setWhere}
      />
      <TextField
        label={t('presenceMonth.purpose')}
        value={purpose}
        onChange={setPurpose}
        maxLength={120}
        hint={t('presenceMonth.purpose-hint')}
      />
      <button type="submit" className="btn btn-main" disabled={!isReady}>
        {t('presenceMonth.show')}
      </button>
    </form>
  );
}

function Save({ ask }: { readonly ask: MonthAsk }) {
  const { t, language } = useWords();
  const client = useClient();
  const { busy, save } = useExport(({ name }) => t('presence.saved', { name }));
  const run = () => save(() => client.query('presence.month-csv', { ...ask, language }));
  return (
    <Button tone="main" disabled={busy} onPress={() => void run()}>
      {t('presence.save')}
    </Button>
  );
}

/** Everybody's shares of a month: evidence for a settlement, never a decision. */
export function MonthScreen({ days }: { readonly days: readonly string[] }) {
  const { t } = useWords();
  const [ask, setAsk] = useState<MonthAsk | null>(null);
  const months = [...new Set(days.map((day) => day.slice(0, 7)))].sort().reverse();
  return (
    <Screen
      title={t('presenceMonth.title')}
      tools={
        <>
          <Button onPress={() => choose('reports', {})}>{t('reports.title')}</Button>
          {ask !== null && <Save ask={ask} />}
        </>
      }
    >
      <div className="month">
        <p className="month-note">{t('presence.not-decision')}</p>
        <p className="dim">{t('presenceMonth.note')}</p>
        {months.length === 0 ? (
          <Empty>{t('reports.no-days')}</Empty>
        ) : (
          <MonthForm months={months} onAsk={setAsk} />
        )}
        {ask !== null && <MonthShares key={JSON.stringify(ask)} ask={ask} />}
      </div>
    </Screen>
  );
}
