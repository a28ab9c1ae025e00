import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { LANGUAGES, type Language } from '../../../shared/domain/text.ts';
import { hkDayStart, hkWeekday } from '../../../shared/lib/hk-time.ts';
import { useMay } from '../../actions/may.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { useExport } from '../../actions/use-export.ts';
import { useClient } from '../../live/client.tsx';
import { useQuery } from '../../live/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { DailyReportView } from './daily-report.tsx';
import { MonthScreen } from './month-screen.tsx';
import './reports.css';

const HASH_SHOWN = 8;

/** Exports a day as a spreadsheet file in a language of choice. */
function Export({ day }: { readonly day: string }) {
  const { t, language } = useWords();
  const client = useClient();
  const [fileLanguage, setFileLanguage] = useState<Language>(language);
  const { busy, save } = useExport(({ name, sha256 }) =>
    t('reports.exported', { name, hash: sha256.slice(0, HASH_SHOWN) }),
  );
  const run = () => save(() => client.query('report.csv', { day, language: fileLanguage }));
  return (
    <>
      <Select
        label={t('reports.export-language')}
        value={fileLanguage}
        choices={LANGUAGES.map((value) => ({ value, text: t(`app.language-${value}`) }))}
        onChange={setFileLanguage}
      />
      <Button tone="main" disabled={busy} onPress={() => void run()}>
        {t(busy ? 'reports.exporting' : 'reports.export')}
      </Button>
    </>
  );
}

function Days({ days, chosen }: { readonly days: readonly string[]; readonly chosen: string }) {
  const { t } = useWords();
  return (
    <ListBox
      aria-label={t('reports.days')}
      className="days"
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined) choose('reports', { day: String(key) });
      }}
      renderEmptyState={() => <Empty>{t('reports.no-days')}</Empty>}
    >
      {days.map((day) => {
        const weekday = hkWeekday(hkDayStart(day)) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
        return (
          <ListBoxItem key={day} id={day} textValue={day} className="day">
            <time>{day}</time>
            <span className="dim">{t(`app.weekday-${weekday}`)}</span>
          </ListBoxItem>
        );
      })}
    </ListBox>
  );
}

function Report({ day }: { readonly day: string }) {
  const report = useQuery('report.daily', { day });
  if (report.fault) return <ErrorBox fault={report.fault} onRetry={report.again} />;
  if (report.data === null || report.data.day !== day) return <Busy />;
  return <DailyReportView report={report.data} />;
}

/** The days there are, and the report of one. */
export function ReportsScreen() {
  const { t } = useWords();
  const { params } = useRoute();
  const may = useMay();
  const days = useQuery('report.days', {});
  const list = [...(days.data?.days ?? [])].sort().reverse();
  const mayMonth = may('presence.month');
  if (mayMonth && params.show === 'month') return <MonthScreen days={list} />;
  const day = list.find((one) => one === params.day) ?? list[0];
  const left = days.fault ? (
    <ErrorBox fault={days.fault} onRetry={days.again} />
  ) : days.data === null ? (
    <Busy />
  ) : (
    <Days days={list} chosen={day ?? ''} />
  );
  const side =
    day !== undefined ? (
      <Report day={day} />
    ) : days.data === null && days.fault === null ? (
      <Busy />
    ) : (
      <Empty>{t('reports.choose')}</Empty>
    );
  return (
    <Screen
      title={day === undefined ? t('reports.title') : t('reports.daily', { day })}
      tools={
        <>
          {mayMonth && (
            <Button onPress={() => choose('reports', { show: 'month' })}>
              {t('presenceMonth.title')}
            </Button>
          )}
          {day !== undefined && may('report.csv') && <Export key={day} day={day} />}
        </>
      }
    >
      <Split wide list={left} side={side} sideLabel={t('reports.title')} />
    </Screen>
  );
}
