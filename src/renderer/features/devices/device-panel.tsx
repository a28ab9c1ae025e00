import type { DeviceNow } from '../../../shared/contract/views.ts';
import type { BoardId } from '../../../shared/domain/ids.ts';
import { placeNameOf } from '../../../shared/domain/site-board.ts';
import { siteLinesOf } from '../../../shared/domain/site-reader.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useAge, useZoneNow } from '../../live/now.ts';
import { useViewStore } from '../../live/use-view.ts';
import { Age } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Said } from '../../ui/said.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords, type Words } from '../../words/words.ts';
import { driftText } from './well.ts';

/** Which list of cards the board holds, and for how long a newer one has not been on it. */
function cardList({ cardsMadeMs, cardsBehindMs }: DeviceNow, { t, dayTime, number }: Words) {
  const when = cardsMadeMs === null ? '–' : dayTime(cardsMadeMs);
  if (cardsBehindMs === null) return when;
  return t('devices.card-list-behind', { when, n: number(cardsBehindMs / 1000) });
}

/** How many of its last minutes' questions a board answered, and how fast. */
function answerFacts({ trips }: DeviceNow, { t, number }: Words): readonly Fact[] {
  if (trips === null) return [];
  const { asked, lost, p50Ms, p99Ms } = trips;
  const ms = (value: number | null) =>
    value === null ? '–' : t('devices.ms-value', { n: number(value) });
  return [
    [
      t('devices.unanswered'),
      t('devices.unanswered-value', { lost: number(lost), asked: number(asked) }),
    ],
    [t('devices.trip-p50'), ms(p50Ms)],
    [t('devices.trip-p99'), ms(p99Ms)],
  ];
}

function useFacts(device: DeviceNow): readonly Fact[] {
  const words = useWords();
  const { ago, dayTime, number, t } = words;
  const { boards, readers } = useSite().site;
  const board = boards.find((one) => one.serial === device.device);
  const reader = readers.find((one) => one.id === device.device);
  const nowMs = useZoneNow();
  const ageMs = useAge(device.heardAgoMs, useViewStore('devices').receivedMs(device.device));
  const facts: Fact[] = [
    [t('devices.column-type'), t(`devices.type-${device.type}`)],
    [t('devices.state'), <Age key="age" ageMs={ageMs} online={device.online} long />],
    [
      t('devices.column-version'),
      <span key="version" className="id">
        {device.version ?? '–'}
      </span>,
    ],
    [
      t('devices.column-read'),
      device.lastReadMs === null
        ? t('app.never')
        : [dayTime(device.lastReadMs), nowMs === null ? '' : ago(nowMs - device.lastReadMs)].join(
            ' ',
          ),
    ],
  ];
  const driver = reader?.driver ?? device.attached?.driver;
  if (driver) facts.push([t('devices.family'), t(`devices.family-${driver}`)]);
  if (device.attached !== null) {
    const { vendor, product, serial, path } = device.attached;
    facts.push(
      [t('devices.usb-numbers'), <IdText key="usb" text={`${vendor}:${product}`} />],
      [t('devices.usb-serial'), <IdText key="serial" text={serial === '' ? '–' : serial} />],
      [t('devices.address'), <IdText key="path" text={path} />],
    );
  }
  if (board) facts.push([t('devices.address'), placeNameOf(board)]);
  if (device.type === 'board') {
    facts.push(
      [
        t('devices.column-drift'),
        device.driftMs === null ? '–' : t('devices.drift-value', { n: driftText(device.driftMs) }),
      ],
      [
        t('devices.corrected'),
        device.corrected === null
          ? t('app.never')
          : t('devices.corrected-value', {
              n: driftText(device.corrected.byMs),
              when: dayTime(device.corrected.atMs),
            }),
      ],
      ...answerFacts(device, words),
      [t('devices.last-index'), number(device.lastIndex)],
      [t('devices.missing'), number(device.missing)],
      [t('devices.lost'), number(device.lost)],
      [t('devices.garbage'), number(device.garbage)],
      [t('devices.strangers'), number(device.strangers)],
      [t('devices.card-list'), cardList(device, words)],
      [t('devices.stored-cards'), device.storedCards === null ? '–' : number(device.storedCards)],
    );
  }
  if (device.text !== null) {
    facts.push([t('devices.text'), <Said key="text" text={device.text} />]);
  }
  return facts;
}

function IdText({ text }: { readonly text: string }) {
  return <span className="id">{text}</span>;
}

/** How a reader that nobody named is taken into use. */
function UseIt({ device }: { readonly device: DeviceNow }) {
  const { t } = useWords();
  const { readers } = useSite().site;
  const { attached } = device;
  if (attached === null) return null;
  const lines = siteLinesOf(
    attached,
    readers.map(({ id }) => id),
  );
  return (
    <Section title={t('devices.use-it')}>
      {attached.driver === 'wedge' && <p>{t('devices.use-wedge')}</p>}
      <p>{t('devices.use-text')}</p>
      <pre className="device-lines">{lines}</pre>
    </Section>
  );
}

/** What a board owes can be declared lost by whoever may sign for it. */
function Owed({ device }: { readonly device: DeviceNow }) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const { device: serial, missing, type } = device;
  if (type !== 'board' || missing === 0 || !may('board.declare-lost')) return null;
  const board = serial as BoardId;
  return (
    <Section title={t('devices.missing')}>
      <Button tone="danger" onPress={() => ask({ act: 'declare-lost', board })}>
        {t('actions.lost')}
      </Button>
    </Section>
  );
}

/** One device in full, with the lanes that hang on it. */
export function DevicePanel({ device }: { readonly device: DeviceNow }) {
  const { t } = useWords();
  const names = useNames();
  const facts = useFacts(device);
  return (
    <>
      <h2 className="side-title">
        {t(`devices.type-${device.type}`)} <span className="id">{device.device}</span>
      </h2>
      <Section title={t('devices.state')}>
        <Facts facts={facts} />
      </Section>
      <UseIt device={device} />
      <Owed device={device} />
      {device.lanes.length > 0 && (
        <Section title={t('devices.column-lanes')}>
          <ul className="plain-list">
            {device.lanes.map((lane) => (
              <li key={lane}>
                <button type="button" className="link" onClick={() => go('lanes', { lane })}>
                  {names.lane(lane)}
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
