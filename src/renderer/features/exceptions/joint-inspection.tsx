import { useMemo } from 'react';
import { type QueueException, useActions } from '../../actions/actions.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { JointSides, OwnSide, ownOf, useJointSides } from '../../actions/joint-sides.tsx';
import { useMay } from '../../actions/may.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/screen.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';

const NONE: readonly ConsoleCommand[] = [];

/** What each side says of a referred person whom both inspect; nothing where they do not. */
export function JointInspection({ row }: { readonly row: QueueException }) {
  const { t } = useWords();
  const { ask } = useActions();
  const may = useMay();
  const { crossing } = row;
  const { again, data, fault } = useJointSides(row.line === 'first' ? crossing : null);
  const mayGive = may('joint.give');
  const isOwn = mayGive && data !== null && ownOf(data) !== null;
  const commands = useMemo<readonly ConsoleCommand[]>(() => {
    if (!isOwn) return NONE;
    const run = () => ask({ act: 'joint', crossing, onDone: again });
    const title = `${t('joint.give-own')} ${crossing}`;
    return [{ id: 'joint-give', title, group: 'actions', keys: 's', run }];
  }, [isOwn, t, ask, crossing, again]);
  useCommands(commands);
  if (fault !== null) return <ErrorBox fault={fault} onRetry={again} />;
  if (!data?.sides) return null;
  return (
    <Section title={t('ledger.joint')}>
      <JointSides told={data} />
      {mayGive && (
        <div className="joint-own">
          {isOwn && (
            <Button keys="S" onPress={() => ask({ act: 'joint', crossing, onDone: again })}>
              {t('joint.give-own')}…
            </Button>
          )}
          <OwnSide told={data} />
        </div>
      )}
    </Section>
  );
}
