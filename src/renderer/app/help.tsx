import { useAllCommands } from '../actions/commands.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { useWords } from '../words/words.ts';
import { keysText } from './keys-text.ts';

/** Every shortcut that works now. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const commands = useAllCommands().filter((command) => command.keys !== undefined);
  return (
    <Dialog title={t('app.help-title')} onClose={onClose}>
      <p className="dim small">{t('app.help-note')}</p>
      <dl className="help-keys">
        {commands.map((command) => (
          <div key={command.id} className="help-row">
            <dt>{command.title}</dt>
            <dd>
              <kbd className="key">{keysText(command.keys ?? '')}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <DialogFoot>
        <Button onPress={onClose}>{t('app.close')}</Button>
      </DialogFoot>
    </Dialog>
  );
}
