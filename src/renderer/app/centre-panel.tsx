import { useAge } from '../live/now.ts';
import { useViewRow, useViewStore } from '../live/use-view.ts';
import { Age } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { Facts } from '../ui/facts.tsx';
import { Said } from '../ui/said.tsx';
import { useWords } from '../words/words.ts';

/** The state of the central system in detail. */
export function CentrePanel({ onClose }: { readonly onClose: () => void }) {
  const { t, number, ago } = useWords();
  const status = useViewRow('status', 'now');
  const receivedMs = useViewStore('status').receivedMs('now');
  const answerMs = useAge(status?.centre.lastAnswerAgoMs ?? null, receivedMs);
  return (
    <Dialog title={t('app.centre')} onClose={onClose}>
      {status && (
        <>
          <p>{t(`app.centre-${status.centre.state}-text`)}</p>
          <Facts
            facts={[
              [t('app.centre-state'), t(`app.centre-${status.centre.state}`)],
              [t('app.centre-head'), number(status.headSeq)],
              [t('app.centre-acked'), number(status.centre.ackedSeq)],
              [t('app.centre-waiting-count'), number(status.centre.waiting)],
              [
                t('app.centre-oldest'),
                status.centre.oldestUnackedMs === null
                  ? t('app.none')
                  : ago(status.centre.oldestUnackedMs),
              ],
              [t('app.centre-last-answer'), <Age key="answer" ageMs={answerMs} online />],
              [
                t('app.centre-said'),
                status.centre.text === null ? (
                  t('app.none')
                ) : (
                  <Said key="said" text={status.centre.text} />
                ),
              ],
            ]}
          />
        </>
      )}
      <DialogFoot>
        <Button onPress={onClose}>{t('app.close')}</Button>
      </DialogFoot>
    </Dialog>
  );
}
