import { useMemo, useState } from 'react';
import { encode } from 'uqr';
import type { CommandOutput } from '../../shared/contract/commands.ts';
import type { PermitId } from '../../shared/domain/ids.ts';
import { useClient, useSite } from '../live/client.tsx';
import { faultOf } from '../live/entry-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { useWords } from '../words/words.ts';
import './print-code-dialog.css';

type Printed = CommandOutput<'permit.print-code'>;

/** The longest purpose that the engine takes. */
const MOST_LETTERS = 120;
/** Modules of white around a code, without which scanners do not find it (ISO/IEC 18004). */
const QUIET = 4;

/** A text as a QR code: one path, black on white whatever the page's colours. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: side } = encode(text, { ecc: 'M', border: QUIET });
    const dark = data.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { size: side, path: dark.join('') };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function Sheet({ printed }: { readonly printed: Printed }) {
  const { t, dayTime, language } = useWords();
  const { site } = useSite();
  const valid = {
    from: dayTime(printed.validFromMs).slice(0, 16),
    to: dayTime(printed.validToMs).slice(0, 16),
  };
  return (
    <div className="code-sheet">
      <p className="code-zone">{site.name[language]}</p>
      <QrCode text={printed.text} label={t('people.code-of', { permit: printed.permit })} />
      <p className="code-permit id">{printed.permit}</p>
      <p>{t(`domain.class-${printed.class}`)}</p>
      <p>{t('people.valid-value', valid)}</p>
    </div>
  );
}

/** A permit as a code for its holder: asked for with a purpose, then shown, then printed. */
export function PrintCodeDialog(props: {
  readonly permit: PermitId;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const [printed, setPrinted] = useState<Printed | null>(null);
  const { permit, onClose } = props;
  const title = t('people.code-title', { permit });
  if (printed === null) {
    return (
      <ReasonDialog
        title={title}
        text={t('people.code-text')}
        label={t('people.purpose')}
        doIt={t('people.code-make')}
        presets={[t('people.code-lost'), t('people.code-visit')]}
        maxLength={MOST_LETTERS}
        onClose={onClose}
        onDo={async (purpose) => {
          try {
            setPrinted(await client.command('permit.print-code', { permit, purpose }));
            return null;
          } catch (error) {
            return faultOf(error);
          }
        }}
      />
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Sheet printed={printed} />
      <DialogFoot>
        <Button onPress={onClose}>{t('app.close')}</Button>
        <Button tone="main" onPress={() => window.print()}>
          {t('people.code-print')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
