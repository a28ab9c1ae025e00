import { useWords } from '../words/words.ts';
import { useAreaChoice } from './area-choice.tsx';
import { Reasoned } from './reasoned.tsx';

/** Lets people out of an area, or of the whole zone. */
export function EvacuateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { area, field } = useAreaChoice({
    label: t('actions.evacuate-area'),
    wholeZone: t('actions.evacuate-all'),
  });
  return (
    <Reasoned
      name="zone.evacuate"
      input={(reason) => ({ area, reason })}
      title={t('actions.evacuate-title')}
      text={t('actions.evacuate-text')}
      doIt={t('actions.evacuate')}
      done={t('actions.evacuated')}
      tone="danger"
      presets={['actions.preset-fire', 'actions.preset-drill']}
      onClose={onClose}
    >
      {field}
    </Reasoned>
  );
}
