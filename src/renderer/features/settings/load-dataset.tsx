import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import { DatasetName } from '../../../shared/domain/permit.ts';
import type { Fault } from '../../../shared/lib/result.ts';
import { useClient } from '../../live/client.tsx';
import { faultOf } from '../../live/entry-store.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Select } from '../../ui/fields.tsx';
import { Said } from '../../ui/said.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';

type Loaded = CommandOutput<'dataset.load'>;
type Mode = 'full' | 'delta';

/** The most that the contract takes in one load. */
const MOST_CHARACTERS = 4_000_000;

interface Chosen {
  readonly name: string;
  readonly text: string;
}

/** What came of a load: the new version, and every row that was refused, with the reason. */
function Outcome({ loaded }: { readonly loaded: Loaded }) {
  const { t, number } = useWords();
  const { version, rows, changed, refused } = loaded;
  return (
    <div className="loaded" role="status">
      <p className="high">
        {t('settings.loaded', { version, rows: number(rows), changed: number(changed) })}
      </p>
      {refused.length > 0 && (
        <>
          <p className="p3">
            <span aria-hidden="true">■</span> {t('settings.refused', { count: refused.length })}
          </p>
          <div className="refused">
            <Table
              label={t('settings.refused', { count: refused.length })}
              rows={refused}
              keyOf={(row) => `${row.line}/${row.column}`}
              empty={null}
              columns={[
                {
                  id: 'line',
                  title: t('settings.refused-line'),
                  width: '4.5rem',
                  align: 'end',
                  cell: (row) => number(row.line),
                },
                {
                  id: 'column',
                  title: t('settings.refused-column'),
                  width: '7rem',
                  cell: (row) => <span className="id">{row.column}</span>,
                },
                {
                  id: 'text',
                  title: t('settings.refused-text'),
                  width: 'minmax(10rem, 1fr)',
                  cell: (row) => <Said text={row.text} />,
                },
              ]}
            />
          </div>
        </>
      )}
    </div>
  );
}

interface ConfirmProps {
  readonly dataset: DatasetName;
  readonly mode: Mode;
  readonly file: Chosen;
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

function useLoad() {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const load = async (dataset: DatasetName, mode: Mode, file: Chosen) => {
    setBusy(true);
    setFault(null);
    setLoaded(null);
    const format = file.name.toLowerCase().endsWith('.json') ? 'json' : 'csv';
    try {
      const input = { dataset, mode, format, text: file.text } as const;
      setLoaded(await client.command('dataset.load', input));
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, loaded, fault, load };
}

/** Brings a new version of a dataset in force from a file. */
export function LoadDataset() {
  const { t } = useWords();
  const [dataset, setDataset] = useState<DatasetName>('permits');
  const [mode, setMode] = useState<Mode>('delta');
  const [file, setFile] = useState<Chosen | null>(null);
  const [asked, setAsked] = useState(false);
  const { busy, loaded, fault, load } = useLoad();
  const take = async (files: FileList | null) => {
    const picked = files?.item(0);
    if (picked) setFile({ name: picked.name, text: await picked.text() });
  };
  const tooLarge = file !== null && file.text.length > MOST_CHARACTERS;
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
          onChange={setDataset}
        />
        <Choices
          label={t('settings.mode')}
          value={mode}
          choices={(['delta', 'full'] as const).map((value) => ({
            value,
            text: t(`settings.mode-${value}`),
          }))}
          onChange={setMode}
        />
        <FileTrigger acceptedFileTypes={['.csv', '.json']} onSelect={(files) => void take(files)}>
          <Button onPress={() => {}} label={`${t('settings.choose-file')} ${t('settings.file')}`}>
            {t('settings.choose-file')}
          </Button>
        </FileTrigger>
        <span className={file === null ? 'dim' : 'high'}>
          {file?.name ?? t('settings.no-file')}
        </span>
        <Button
          tone="main"
          disabled={file === null || tooLarge || busy}
          onPress={() => setAsked(true)}
        >
          {t('settings.load')}…
        </Button>
      </div>
      {tooLarge && <p className="p3">■ {t('settings.too-large')}</p>}
      {busy && <Busy text={t('settings.loading')} />}
      {fault && <ErrorBox fault={fault} />}
      {loaded && <Outcome loaded={loaded} />}
      {asked && file !== null && (
        <Confirm
          dataset={dataset}
          mode={mode}
          file={file}
          onClose={() => setAsked(false)}
          onLoad={() => {
            setAsked(false);
            void load(dataset, mode, file);
          }}
        />
      )}
    </Section>
  );
}
