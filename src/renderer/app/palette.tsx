import {
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { type CommandGroup, useAllCommands } from '../actions/commands.ts';
import { Dialog } from '../ui/dialog.tsx';
import { keysText } from './keys-text.ts';
import './palette.css';
import { useWords } from '../words/words.ts';

const GROUPS: readonly CommandGroup[] = ['actions', 'screens', 'lanes', 'console'];

/** Everything that can be done now, found by typing. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { contains } = useFilter({ sensitivity: 'base' });
  const commands = useAllCommands().filter((command) => command.id !== 'palette');
  const run = (id: string | number) => {
    const chosen = commands.find((command) => command.id === id);
    onClose();
    // The dialog gives the focus back first: a command may open the next one.
    if (chosen) setTimeout(chosen.run, 0);
  };
  return (
    <Dialog title={t('app.palette-title')} onClose={onClose}>
      <Autocomplete filter={contains}>
        <SearchField aria-label={t('app.palette-search')} autoFocus className="field">
          <Input className="field-input" placeholder={t('app.palette-search')} />
        </SearchField>
        <Menu
          className="palette-list"
          aria-label={t('app.palette-title')}
          onAction={run}
          renderEmptyState={() => <p className="empty">{t('app.palette-empty')}</p>}
        >
          {GROUPS.map((group) => {
            const inGroup = commands.filter((command) => command.group === group);
            if (inGroup.length === 0) return null;
            return (
              <MenuSection key={group} id={group} className="palette-group">
                <Header className="palette-head">{t(`app.group-${group}`)}</Header>
                {inGroup.map((command) => (
                  <MenuItem
                    key={command.id}
                    id={command.id}
                    textValue={`${command.title} ${command.also ?? ''}`}
                    className="palette-item"
                  >
                    <span>{command.title}</span>
                    {command.keys && <kbd className="key">{keysText(command.keys)}</kbd>}
                  </MenuItem>
                ))}
              </MenuSection>
            );
          })}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}
