import { useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { DatasetName } from '../../../shared/domain/permit.ts';
import type { Fault } from '../../../shared/lib/result.ts';
import { useClient } from '../../live/client.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Select } from '../../ui/fields.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { BadRows } from './bad-rows.tsx';
import { ChooseFile, type ChosenFile, formatOf, isTooLarge } from './choose-file.tsx';
import { Preview } from './preview.tsx';
import { useImport } from './use-import.ts';

type Loaded = CommandOutput<'dataset.load'>;
type Looked = QueryOutput<'dataset.preview'>;
type Mode = 'full' | 'delta';
type Asked = 'all' | 'good' | null;

/** What came of a load: the new version, and every row that was refused, with the reason. */
function Outcome({ loaded }: { readonly loaded: Loaded }) {
  const { t, number } = useWords();
  const { version, rows, changed, refused, refusedCount, same } = loaded;
  return (
    <div className="loaded" role="status">
      <p className="high">
        {same
          ? t('imports.taken-same', { version })
          : t('settings.loaded', { version, rows: number(rows), changed: number(changed) })}
      </p>
      {refusedCount > 0 && <BadRows rows={refused} count={refusedCount} />}
    </div>
  );
}

interface ConfirmProps {
  readonly dataset: DatasetName;
  readonly mode: Mode;
  readonly file: ChosenFile;
  readonly onLoad: () => void;
  readonly onClose: () => void;
}

function Confirm({ dataset, mode, file, onLoad, onClose }: ConfirmProps) {
  const { t } = useWords();
  return (
    <Dialog title={t('settings.data')} onClose={onClose} alert>
      <p>
        {t(`settings.load-${mode}-text`, {
          dataset: t(`domain.dataset-${dataset}`),
          file: file.name,
        })}
      </p>
      <DialogFoot>
        <Button onPress={onClose}>{t('app.cancel')}</Button>
        <Button tone="danger" onPress={onLoad}>
          {t('settings.load-confirm')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function useFacts(looked: Looked) {
  const { t, number } = useWords();
  const { bad, counts, good, rowsAfter } = looked;
  return [
    [t('imports.good'), number(good)],
    [t('imports.bad'), number(bad)],
    [t('imports.new'), number(counts.new)],
    [t('imports.changed'), number(counts.changed)],
    [t('imports.same'), number(counts.same)],
    [t('imports.gone'), number(counts.gone)],
    [t('imports.rows-after'), number(rowsAfter)],
  ] as const;
}

/** What the file would do; the file of bad rows is asked for with the same input. */
function DatasetPreview(props: {
  readonly looked: Looked;
  readonly name: string;
  readonly input: QueryInput<'dataset.preview'>;
  readonly busy: boolean;
  readonly onAsk: (asked: Asked) => void;
  readonly onNothing: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const { busy, input, looked, name, onAsk, onNothing } = props;
  const { bad, examples, good, refused, same } = looked;
  return (
    <Preview
      {...{ file: name, facts: useFacts(looked), same, good, bad, busy, onNothing }}
      takeAll={t('settings.load')}
      onAll={() => onAsk('all')}
      onGood={() => onAsk('good')}
    >
      {examples.length > 0 && (
        <p className="small">
          {t('imports.examples')}:{' '}
          {examples.map(({ key, change }) => (
            <span key={`${change}/${key}`} className="preview-key">
              <span className="id">{key}</span> {t(`imports.${change}`)}
            </span>
          ))}
        </p>
      )}
      {bad > 0 && (
        <BadRows
          rows={refused}
          count={bad}
          askFile={() => client.query('dataset.bad-rows', input)}
        />
      )}
    </Preview>
  );
}

function useLoad(input: QueryInput<'dataset.preview'> | null) {
  const client = useClient();
  return useImport<Looked, Loaded, string | null>(
    input && {
      look: () => client.query('dataset.preview', input),
      take: (_looked, reason) => {
        const goodRowsOnly = reason === null ? {} : { goodRowsOnly: { reason } };
        return client.command('dataset.load', { ...input, ...goodRowsOnly });
      },
    },
  );
}

/** Asks why the bad rows are left out. */
function GoodRows(props: {
  readonly looked: Looked;
  readonly onTake: (reason: string) => Promise<Fault | null>;
  readonly onClose: () => void;
}) {
  const { t, number } = useWords();
  const { looked, onClose, onTake } = props;
  return (
    <ReasonDialog
      title={t('imports.good-only')}
      text={t('imports.good-only-text', { good: number(looked.good), bad: number(looked.bad) })}
      doIt={t('imports.good-only')}
      tone="danger"
      onClose={onClose}
      onDo={async (reason) => {
        const failed = await onTake(reason);
        if (failed === null) onClose();
        return failed;
      }}
    />
  );
}

/** Brings a new version of a dataset in force from a file, once it was looked at. */
export function LoadDataset() {
  const { t } = useWords();
  const [dataset, setDataset] = useState<DatasetName>('permits');
  const [mode, setMode] = useState<Mode>('delta');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const ready = file !== null && !isTooLarge(file);
  const input = ready ? { dataset, mode, format: formatOf(file), text: file.text } : null;
  const load = useLoad(input);
  const { busy, fault, looked, taken } = load;
  const choose = <V,>(set: (value: V) => void) => {
    return (value: V) => {
      load.forget();
      set(value);
    };
  };
  return (
    <Section title={t('settings.data')}>
      <p className="dim small">{t('settings.data-note')}</p>
      <div className="settings-form">
        <Select
          label={t('settings.dataset')}
          value={dataset}
          choices={DatasetName.options.map((value) => ({
            value,
            text: t(`domain.dataset-${value}`),
          }))}
          onChange={choose(setDataset)}
        />
        <Choices
          label={t('settings.mode')}
          value={mode}
          choices={(['delta', 'full'] as const).map((value) => ({
            value,
            text: t(`settings.mode-${value}`),
          }))}
          onChange={choose(setMode)}
        />
        <ChooseFile file={file} onChoose={choose(setFile)} />
        <Button tone="main" disabled={!ready || busy} onPress={load.look}>
          {t('imports.preview')}
        </Button>
      </div>
      {busy && <Busy text={t(looked === null ? 'imports.previewing' : 'settings.loading')} />}
      {fault && <ErrorBox fault={fault} />}
      {looked && input && file && (
        <DatasetPreview
          {...{ looked, input, busy, name: file.name, onAsk: setAsked, onNothing: load.forget }}
        />
      )}
      {taken && <Outcome loaded={taken} />}
      {asked === 'all' && file !== null && (
        <Confirm
          {...{ dataset, mode, file }}
          onClose={() => setAsked(null)}
          onLoad={() => {
            setAsked(null);
            load.take(null);
          }}
        />
      )}
      {asked === 'good' && looked !== null && (
        <GoodRows looked={looked} onTake={load.takeInDialog} onClose={() => setAsked(null)} />
      )}
    </Section>
  );
}
