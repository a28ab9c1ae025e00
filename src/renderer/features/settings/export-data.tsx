import { type FormEvent, useState } from 'react';
import { DatasetName } from '../../../shared/domain/permit.ts';
import { useExport } from '../../actions/use-export.ts';
import { useClient } from '../../live/client.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';

const HASH_SHOWN = 8;
const LEAST_PURPOSE = 3;
const WHAT = [...DatasetName.options, 'sales'] as const;
type What = (typeof WHAT)[number];

/** Writes a dataset in force, or the sales, into a file that imports as the same. */
export function ExportData() {
  const { t } = useWords();
  const client = useClient();
  const [what, setWhat] = useState<What>('permits');
  const [format, setFormat] = useState<'csv' | 'json'>('csv');
  const [purpose, setPurpose] = useState('');
  const { busy, save } = useExport(({ name, sha256 }) =>
    t('imports.exported', { name, hash: sha256.slice(0, HASH_SHOWN) }),
  );
  const ready = purpose.trim().length >= LEAST_PURPOSE && !busy;
  const run = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const asked = { format, purpose: purpose.trim() };
    void save(() =>
      what === 'sales'
        ? client.query('sales.export', asked)
        : client.query('dataset.export', { ...asked, dataset: what }),
    );
  };
  return (
    <Section title={t('imports.export')}>
      <p className="dim small">{t('imports.export-note')}</p>
      <form className="settings-form" onSubmit={run}>
        <Select
          label={t('imports.export-what')}
          value={what}
          choices={WHAT.map((value) => ({
            value,
            text: value === 'sales' ? t('imports.export-sales') : t(`domain.dataset-${value}`),
          }))}
          onChange={setWhat}
        />
        <Choices
          label={t('imports.format')}
          value={format}
          choices={(['csv', 'json'] as const).map((value) => ({
            value,
            text: value.toUpperCase(),
          }))}
          onChange={setFormat}
        />
        <TextField
          label={t('imports.purpose')}
          value={purpose}
          onChange={setPurpose}
          maxLength={120}
        />
        <button type="submit" className="btn" disabled={!ready}>
          {t('imports.export-do')}
        </button>
      </form>
    </Section>
  );
}
