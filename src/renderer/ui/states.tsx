import type { ReactNode } from 'react';
import type { Fault } from '../../shared/lib/result.ts';
import { useFaultText } from '../words/fault-text.ts';
import { useWords } from '../words/words.ts';
import { Button } from './button.tsx';
import './states.css';

/** Nothing to show, said calmly. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

/** Work under way. */
export function Busy({ text }: { readonly text?: string | undefined }) {
  const { t } = useWords();
  return (
    <p className="busy" role="status" aria-busy="true">
      <span className="busy-bar" aria-hidden="true" />
      {text ?? t('app.loading')}
    </p>
  );
}

/** What failed, where, and what to do. */
export function ErrorBox({
  fault,
  onRetry,
}: {
  readonly fault: Fault;
  readonly onRetry?: (() => void) | undefined;
}) {
  const { t } = useWords();
  const faultText = useFaultText();
  return (
    <div className="error-box" role="alert">
      <p className="error-title">
        <span aria-hidden="true">▲</span> {t('app.error-title')}
      </p>
      <p>{faultText(fault)}</p>
      <p className="dim small">
        {fault.where !== undefined && `${t('app.error-where', { where: fault.where })} · `}
        <span className="id">{t('app.error-code', { code: fault.code })}</span>
      </p>
      {onRetry && (
        <Button small onPress={onRetry}>
          {t('app.retry')}
        </Button>
      )}
    </div>
  );
}
