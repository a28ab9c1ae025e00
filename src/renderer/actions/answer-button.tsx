import type { CrossingId } from '../../shared/domain/ids.ts';
import { Button } from '../ui/button.tsx';
import { useWords } from '../words/words.ts';
import { useActions } from './actions.ts';
import { useMay } from './may.ts';

/** To say how a passage ended that nobody saw; nothing for who may not. */
export function AnswerButton(props: {
  readonly crossing: CrossingId;
  readonly small?: boolean;
  readonly onDone: () => void;
}) {
  const { crossing, onDone, small = false } = props;
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  if (!may('passage.answer')) return null;
  return (
    <Button small={small} onPress={() => ask({ act: 'answer', crossing, onDone })}>
      {t('ledger.answer')}…
    </Button>
  );
}
