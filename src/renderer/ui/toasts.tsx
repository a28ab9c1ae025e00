import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react';
import { useWords } from '../words/words.ts';
import { Button } from './button.tsx';
import './toasts.css';

export interface Toast {
  readonly tone: 'plain' | 'error';
  readonly text: string;
}

interface Shown extends Toast {
  readonly id: number;
}

export interface Toasts {
  show(toast: Toast): void;
}

const ToastsContext = createContext<Toasts | null>(null);

/** A message stays this long; an error stays until it is closed. */
const SHOWN_MS = 5_000;
const MOST_SHOWN = 4;

/** Says briefly what became of something, at the lower right. */
export function useToasts(): Toasts {
  const toasts = use(ToastsContext);
  if (toasts === null) throw new Error('toasts asked for outside ToastsProvider');
  return toasts;
}

export function ToastsProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const lastId = useRef(0);
  const drop = useCallback((id: number) => {
    setShown((before) => before.filter((toast) => toast.id !== id));
  }, []);
  const toasts = useMemo(
    () => ({
      show: (toast: Toast) => {
        lastId.current += 1;
        const id = lastId.current;
        setShown((before) => [...before, { ...toast, id }].slice(-MOST_SHOWN));
        if (toast.tone === 'plain') setTimeout(() => drop(id), SHOWN_MS);
      },
    }),
    [drop],
  );
  return (
    <ToastsContext value={toasts}>
      {children}
      <div className="toasts">
        <div role="status" aria-live="polite">
          {shown
            .filter((toast) => toast.tone === 'plain')
            .map((toast) => (
              <p key={toast.id} className="toast">
                {toast.text}
              </p>
            ))}
        </div>
        <div role="alert">
          {shown
            .filter((toast) => toast.tone === 'error')
            .map((toast) => (
              <p key={toast.id} className="toast toast-error">
                <span>{toast.text}</span>
                <Button small tone="quiet" label={t('app.close')} onPress={() => drop(toast.id)}>
                  ✕
                </Button>
              </p>
            ))}
        </div>
      </div>
    </ToastsContext>
  );
}
