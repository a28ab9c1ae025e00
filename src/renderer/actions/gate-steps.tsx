import type { LaneNow } from '../../shared/contract/views.ts';
import type { CommandStage } from '../../shared/domain/gate.ts';
import { Said } from '../ui/said.tsx';
import { sayingText } from '../words/saying.ts';
import { useWords } from '../words/words.ts';
import './gate-steps.css';

type GateCommand = NonNullable<LaneNow['command']>;

/** How far a command came on its way: 0 requested, 1 accepted by the board, 2 shown by the gate. */
export function stepOf(stage: CommandStage): number {
  if (stage === 'confirmed') return 2;
  return stage === 'accepted' ? 1 : 0;
}

/** The command reached an end: nothing more will come of it. */
export function isOver(stage: CommandStage): boolean {
  return stage !== 'requested' && stage !== 'sent' && stage !== 'accepted';
}

const STEPS = ['requested', 'accepted', 'confirmed'] as const;

/** Requested → accepted → confirmed by the gate; or where it ended, and why. */
export function GateSteps({ command }: { readonly command: GateCommand }) {
  const { t, time } = useWords();
  const { stage } = command;
  const at = stepOf(stage);
  const broken = isOver(stage) && stage !== 'confirmed';
  return (
    <div className="steps">
      <ol className="steps-row" aria-label={t('actions.progress')}>
        {STEPS.map((step, n) => {
          const state = n <= at ? 'done' : broken ? 'never' : n === at + 1 ? 'next' : 'later';
          return (
            <li key={step} className={`step step-${state}`}>
              <span aria-hidden="true" className="step-dot" />
              {t(`domain.stage-${step}`)}
            </li>
          );
        })}
      </ol>
      {broken && (
        <p className="step-broken" role="alert">
          <span aria-hidden="true">▲</span> {t(`domain.stage-${stage}`)}
          {command.text !== null && (
            <>
              {' · '}
              <Said text={command.text} />
            </>
          )}{' '}
          · <time>{time(command.atMs)}</time>
        </p>
      )}
    </div>
  );
}

/** The same in one line, for a table's cell. */
export function GateStage({ command }: { readonly command: GateCommand }) {
  const { t, language } = useWords();
  const { stage, text } = command;
  const broken = isOver(stage) && stage !== 'confirmed';
  const title = text === null ? '' : sayingText(text, language);
  return (
    <span className={`stage ${broken ? 'stage-broken' : ''}`} title={title}>
      <span className="stage-dots" aria-hidden="true">
        {STEPS.map((step, n) => (
          <span key={step} className={`stage-dot ${n <= stepOf(stage) ? 'stage-dot-done' : ''}`} />
        ))}
      </span>
      {broken && <span aria-hidden="true">▲ </span>}
      <span className="stage-text">
        {t(`domain.action-${command.action}`)} · {t(`domain.stage-${stage}`)}
      </span>
    </span>
  );
}
