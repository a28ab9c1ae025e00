import type { Priority } from '../../../shared/domain/incident.ts';
import { LANGUAGES } from '../../../shared/domain/text.ts';
import { useMay } from '../../actions/may.ts';
import { useAlarmSounds } from '../../live/alarm-sounds.tsx';
import { useSession, useSite } from '../../live/client.tsx';
import { PriorityBadge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Screen, Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { ChoosePin } from './badge-sign-in.tsx';
import { ExportData } from './export-data.tsx';
import { ImportSales } from './import-sales.tsx';
import { LoadDataset } from './load-dataset.tsx';
import { RetentionSection } from './retention.tsx';
import './settings.css';
import { Users } from './users.tsx';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];

function Display() {
  const { t, language, setLanguage } = useWords();
  const sounds = useAlarmSounds();
  const state = sounds.muted ? 'app.sound-muted' : 'app.sound-on';
  return (
    <Section title={t('settings.display')}>
      <div className="settings-row">
        <span className="settings-name">{t('app.language')}</span>
        <Choices
          label={t('app.language')}
          value={language}
          choices={LANGUAGES.map((value) => ({ value, text: t(`app.language-${value}`) }))}
          onChange={setLanguage}
        />
      </div>
      <div className="settings-row">
        <span className="settings-name">{t('settings.sound-state')}</span>
        <span>{t(sounds.ready || sounds.muted ? state : 'app.sound-waiting')}</span>
        <Button small onPress={sounds.toggle}>
          {t(sounds.muted ? 'app.sound-unmute' : 'app.sound-mute')}
        </Button>
      </div>
      <div className="settings-row">
        <span className="settings-name">{t('settings.try-sound')}</span>
        {PRIORITIES.map((priority) => (
          <Button key={priority} small onPress={() => sounds.play(priority)}>
            <PriorityBadge priority={priority} />
          </Button>
        ))}
      </div>
      <p className="dim small">{t('settings.sounds-note')}</p>
    </Section>
  );
}

function SiteFacts() {
  const { t, text3 } = useWords();
  const { site, regime } = useSite();
  const session = useSession();
  return (
    <Section title={t('settings.site')}>
      <Facts
        facts={[
          [t('settings.site-name'), text3(site.name)],
          [t('settings.site-version'), site.version],
          [t('settings.console'), site.console],
          [
            t('settings.workstation'),
            <span key="workstation" className="id">
              {session?.workstation ?? '–'}
            </span>,
          ],
          [
            t('settings.size'),
            t('settings.size-value', {
              checkpoints: site.checkpoints.length,
              lanes: site.lanes.length,
              boards: site.boards.length,
            }),
          ],
          [
            t('settings.regime'),
            t('settings.regime-value', { title: text3(regime.title), version: regime.version }),
          ],
        ]}
      />
    </Section>
  );
}

function Rules() {
  const { t, text3 } = useWords();
  const { regime } = useSite();
  return (
    <Section title={t('settings.rules')}>
      <dl className="rules">
        {regime.rules.map((rule) => (
          <div key={rule.id} className="rule">
            <dt className="id dim small">{rule.id}</dt>
            <dd>
              {text3(rule.text)} <cite className="dim small">{text3(rule.cite)}</cite>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** Language and sounds for everybody; data and users for administrators. */
export function SettingsScreen() {
  const { t } = useWords();
  const may = useMay();
  return (
    <Screen title={t('settings.title')}>
      <div className="settings">
        <div className="settings-column">
          <Display />
          {may('dataset.load') && <LoadDataset />}
          {may('sales.import') && <ImportSales />}
          {may('dataset.export') && <ExportData />}
          <ChoosePin />
          {may('user.list') && <Users />}
          {may('retention.now') && <RetentionSection />}
        </div>
        <div className="settings-column">
          <SiteFacts />
          <Rules />
        </div>
      </div>
    </Screen>
  );
}
