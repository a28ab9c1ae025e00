import { useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { useClient } from '../../live/client.tsx';
import { Button } from '../../ui/button.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { moneyText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';
import { BadRows } from './bad-rows.tsx';
import { ChooseFile, type ChosenFile, formatOf, isTooLarge } from './choose-file.tsx';
import { Preview } from './preview.tsx';
import { useImport } from './use-import.ts';

type Looked = QueryOutput<'sales.preview'>;
type Taken = CommandOutput<'sales.import'>;

function SalesPreview(props: {
  readonly looked: Looked;
  readonly name: string;
  readonly input: QueryInput<'sales.preview'>;
  readonly busy: boolean;
  readonly onTake: () => void;
  readonly onNothing: () => void;
}) {
  const words = useWords();
  const { t, number } = words;
  const client = useClient();
  const { busy, input, looked, name, onNothing, onTake } = props;
  const { bad, good, refused, same, sums } = looked;
  const sum = sums.map(({ currency, soldCents }) => moneyText(words, soldCents, currency));
  const facts = [
    [t('imports.good'), number(good)],
    [t('imports.sales-same'), number(same)],
    [t('imports.bad'), number(bad)],
    [t('imports.sales-sum'), sum.length === 0 ? '–' : sum.join(' · ')],
  ] as const;
  return (
    <Preview
      {...{ file: name, facts, good, bad, busy, onNothing, same: good === 0 && bad === 0 }}
      takeAll={t('imports.sales-take')}
      onAll={onTake}
      onGood={onTake}
    >
      {bad > 0 && (
        <BadRows rows={refused} count={bad} askFile={() => client.query('sales.bad-rows', input)} />
      )}
    </Preview>
  );
}

function Outcome({ taken }: { readonly taken: Taken }) {
  const { t, number } = useWords();
  return (
    <div className="loaded" role="status">
      <p className="high">
        {t('imports.sales-taken', { taken: number(taken.taken), same: number(taken.same) })}
      </p>
      {taken.refusedCount > 0 && <BadRows rows={taken.refused} count={taken.refusedCount} />}
    </div>
  );
}

function useSales(input: QueryInput<'sales.preview'> | null) {
  const client = useClient();
  return useImport<Looked, Taken, string>(
    input && {
      look: () => client.query('sales.preview', input),
      take: ({ bad }, reason) =>
        client.command('sales.import', { ...input, goodRowsOnly: bad > 0, reason }),
    },
  );
}

/** Takes reported sales from a file, once it was looked at. */
export function ImportSales() {
  const { t, number } = useWords();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [asked, setAsked] = useState(false);
  const ready = file !== null && !isTooLarge(file);
  const input = ready ? { format: formatOf(file), text: file.text } : null;
  const { busy, fault, forget, look, looked, takeInDialog, taken } = useSales(input);
  return (
    <Section title={t('imports.sales')}>
      <p className="dim small">{t('imports.sales-note')}</p>
      <div className="settings-form">
        <ChooseFile
          file={file}
          onChoose={(chosen) => {
            forget();
            setFile(chosen);
          }}
        />
        <Button tone="main" disabled={!ready || busy} onPress={look}>
          {t('imports.preview')}
        </Button>
      </div>
      {busy && <Busy text={t('imports.previewing')} />}
      {fault && <ErrorBox fault={fault} />}
      {looked && input && file && (
        <SalesPreview
          {...{ looked, input, busy, name: file.name, onNothing: forget }}
          onTake={() => setAsked(true)}
        />
      )}
      {taken && <Outcome taken={taken} />}
      {asked && looked !== null && (
        <ReasonDialog
          title={t('imports.sales')}
          text={t(looked.bad > 0 ? 'imports.good-only-text' : 'imports.sales-text', {
            good: number(looked.good),
            bad: number(looked.bad),
          })}
          doIt={t('imports.sales-take')}
          onClose={() => setAsked(false)}
          onDo={async (reason) => {
            const failed = await takeInDialog(reason);
            if (failed === null) setAsked(false);
            return failed;
          }}
        />
      )}
    </Section>
  );
}
