import { useState } from 'react';
import { faultOf } from '../live/entry-store.ts';
import { saveFile } from '../ui/save-file.ts';
import { useToasts } from '../ui/toasts.tsx';
import { useFaultText } from '../words/fault-text.ts';

interface ExportedFile {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** Asks the engine for a spreadsheet, hands it to the person, and says so, or what was wrong. */
export function useExport(said: (file: ExportedFile) => string): {
  readonly busy: boolean;
  readonly save: (ask: () => Promise<ExportedFile>) => Promise<void>;
} {
  const toasts = useToasts();
  const faultText = useFaultText();
  const [busy, setBusy] = useState(false);
  const save = async (ask: () => Promise<ExportedFile>) => {
    setBusy(true);
    try {
      const file = await ask();
      const type = file.name.endsWith('.json') ? 'application/json' : 'text/csv;charset=utf-8';
      saveFile(file.name, file.text, type);
      toasts.show({ tone: 'plain', text: said(file) });
    } catch (error) {
      toasts.show({ tone: 'error', text: faultText(faultOf(error)) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, save };
}
