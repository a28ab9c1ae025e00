import { useState } from 'react';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import { formName } from '../../../shared/domain/paper-form.ts';
import { useMay } from '../../actions/may.ts';
import { useNames } from '../../live/names.ts';
import { useQuery } from '../../live/use-query.ts';
import { Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { HandOutDialog, KeyInDialog, VoidDialog } from './paper-dialogs.tsx';

type Forms = QueryOutput<'paper.forms'>;
type Step = 'list' | 'hand-out' | 'key-in' | 'void';

function Series({ series }: { readonly series: Forms['series'] }) {
  const { t, number } = useWords();
  const figure = (id: 'last' | 'keyed' | 'void' | 'out') => ({
    ...{ id, title: t(`paper.${id}`), width: 'minmax(6rem, 1fr)', align: 'end' as const },
    cell: (row: Forms['series'][number]) => number(row[id]),
  });
  return (
    <div className="paper-table">
      <Table
        label={t('paper.series')}
        rows={series}
        keyOf={(row) => row.series}
        empty={<Empty>{t('paper.none')}</Empty>}
        columns={[
          {
            id: 'series',
            title: t('paper.series'),
            width: '6rem',
            cell: (row) => <span className="id">{row.series}</span>,
          },
          ...[figure('last'), figure('keyed'), figure('void'), figure('out')],
        ]}
      />
    </div>
  );
}

function Out({ out }: { readonly out: Forms['out'] }) {
  const { t, dayTime } = useWords();
  const names = useNames();
  return (
    <div className="paper-table">
      <Table
        label={t('paper.out')}
        rows={out}
        keyOf={(row) => formName(row.series, row.number)}
        empty={<Empty>{t('paper.none')}</Empty>}
        columns={[
          {
            id: 'form',
            title: t('paper.number'),
            width: '9rem',
            cell: (row) => <span className="id">{formName(row.series, row.number)}</span>,
          },
          {
            id: 'missing',
            title: t('paper.missing'),
            width: '6rem',
            cell: (row) => row.missing && <Marked tone="p3">{t('paper.missing')}</Marked>,
          },
          {
            id: 'holder',
            title: t('paper.holder'),
            width: 'minmax(8rem, 1fr)',
            cell: (row) => <span className="id">{row.holder}</span>,
          },
          {
            id: 'checkpoint',
            title: t('paper.checkpoint'),
            width: 'minmax(8rem, 1fr)',
            cell: (row) => (row.checkpoint === null ? '–' : names.checkpoint(row.checkpoint)),
          },
          {
            id: 'handed',
            title: t('paper.handed'),
            width: '10.5rem',
            cell: (row) => <time className="dim">{dayTime(row.handedMs)}</time>,
          },
        ]}
      />
    </div>
  );
}

/** The fallback to paper: what is out and what is missing; hand out, key in, void. */
export function PaperForms({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const forms = useQuery('paper.forms', {});
  const [step, setStep] = useState<Step>('list');
  const back = () => {
    setStep('list');
    forms.again();
  };
  if (step === 'hand-out') return <HandOutDialog onClose={back} />;
  if (step === 'key-in') return <KeyInDialog onClose={back} />;
  if (step === 'void') return <VoidDialog onClose={back} />;
  const { data, fault } = forms;
  const missing = data?.missing ?? 0;
  return (
    <Dialog title={t('paper.title')} onClose={onClose} shape="wide">
      <p className="dim small">{t('paper.note')}</p>
      {fault && <ErrorBox fault={fault} onRetry={forms.again} />}
      {data === null && !fault && <Busy />}
      {data && (
        <>
          <Series series={data.series} />
          <p className={missing > 0 ? 'p3' : 'dim'} role="status">
            {missing > 0
              ? `■ ${t('paper.missing-some', { count: missing })}`
              : t('paper.missing-none')}
          </p>
          {data.out.length > 0 && <Out out={data.out} />}
        </>
      )}
      <DialogFoot>
        <Button onPress={onClose}>{t('app.close')}</Button>
        {may('paper.void') && (
          <Button onPress={() => setStep('void')}>{t('paper.void-it')}…</Button>
        )}
        {may('paper.hand-out') && (
          <Button onPress={() => setStep('hand-out')}>{t('paper.hand-out')}…</Button>
        )}
        {may('paper.key-in') && (
          <Button tone="main" onPress={() => setStep('key-in')}>
            {t('paper.key-in')}…
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  );
}
