import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { DraftId } from '../../../shared/domain/ids.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { FileFault } from '../../../shared/regime/rule-faults.ts';
import { useClient, useSite } from '../../live/client.tsx';
import { faultOf } from '../../live/entry-store.ts';
import { Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Said } from '../../ui/said.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useWords } from '../../words/words.ts';
import { DifferenceView } from './difference-view.tsx';
import { type ReadFile, readFile, textOf } from './read-file.ts';

/** Every fault of a file, each with its place. */
function Faults({ faults }: { readonly faults: readonly FileFault[] }) {
  const { t } = useWords();
  return (
    <div role="alert">
      <Marked tone="p3" line>
        {t('regime.file-faults', { n: faults.length })}
      </Marked>
      <table className="fault-table" aria-label={t('regime.fault-text')}>
        <thead>
          <tr>
            <th scope="col">{t('regime.fault-place')}</th>
            <th scope="col">{t('regime.fault-text')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ path, text }) => (
            <tr key={`${path} ${text}`}>
              <td className="id">{path}</td>
              <td>
                <Said text={text} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Found({ file, inForce }: { readonly file: ReadFile; readonly inForce: Regime }) {
  const { t } = useWords();
  const { read } = file;
  if (!read.ok) return <Faults faults={read.faults} />;
  const { id, rules, version } = read.regime;
  return (
    <>
      <p className="high">{t('regime.file-whole', { id, n: version, rules: rules.length })}</p>
      <div className="dialog-scroll">
        <DifferenceView before={inForce} after={read.regime} />
      </div>
    </>
  );
}

/**
 * Hands in another version from a file: shows first what is wrong with it, or what it changes, and
 * asks for a reason.
 */
export function DraftDialog(props: {
  readonly inForce: Regime;
  readonly onDone: (draft: DraftId) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { site } = useSite();
  const client = useClient();
  const toasts = useToasts();
  const [file, setFile] = useState<ReadFile | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const take = async (files: FileList | null) => {
    const picked = files?.item(0);
    if (!picked) return;
    const text = await textOf(picked);
    setTooLarge(!text.ok);
    setFile(text.ok ? readFile(picked.name, text.value, site) : null);
  };
  const handIn = async (reason: string) => {
    try {
      const { draft, version } = await client.command('regime.draft', {
        text: file?.text ?? '',
        reason,
      });
      toasts.show({ tone: 'plain', text: t('regime.handed-in', { n: version }) });
      props.onDone(draft);
      return null;
    } catch (error) {
      return faultOf(error);
    }
  };
  return (
    <ReasonDialog
      title={t('regime.draft-title')}
      text={t('regime.draft-text')}
      doIt={t('regime.hand-in')}
      shape="wide"
      presets={[t('regime.preset-agreed'), t('regime.preset-law')]}
      blocked={file?.read.ok !== true}
      onDo={handIn}
      onClose={props.onClose}
    >
      <div className="draft-file">
        <FileTrigger acceptedFileTypes={['.json']} onSelect={(files) => void take(files)}>
          <Button onPress={() => {}}>{t('regime.choose-file')}</Button>
        </FileTrigger>
        <span className={file === null ? 'dim' : 'id'}>{file?.name ?? t('regime.no-file')}</span>
      </div>
      {tooLarge && (
        <Marked tone="p3" line>
          {t('regime.file-too-large')}
        </Marked>
      )}
      {file && <Found file={file} inForce={props.inForce} />}
    </ReasonDialog>
  );
}
