import type { FoundPerson } from '../../shared/contract/queries.ts';
import { useSite } from '../live/client.tsx';
import { useNames } from '../live/names.ts';
import { Badge, Marked } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import { CrossingOutcome } from '../ui/crossing.tsx';
import { Facts } from '../ui/facts.tsx';
import { Section } from '../ui/screen.tsx';
import { useWords } from '../words/words.ts';
import { useActions } from './actions.ts';
import { AllowanceLeft } from './allowance-left.tsx';
import { useMay } from './may.ts';
import './person-card.css';
import { go } from './route.ts';

type FoundPermit = FoundPerson['permits'][number];

const MINUTES = 60;

/** `07:00` from minutes since midnight. */
export function minuteText(minute: number): string {
  const hours = String(Math.floor(minute / MINUTES)).padStart(2, '0');
  return `${hours}:${String(minute % MINUTES).padStart(2, '0')}`;
}

/** The name in its own script, never translated; glyphs come from both fonts. */
export function personName(person: FoundPerson): string {
  return person.nameZh || person.nameEn || person.person;
}

/** Names stand in their own script, whatever language the page speaks. */
function scriptOf(name: string): 'zh-HK' | 'en' {
  return /\p{Script=Han}/u.test(name) ? 'zh-HK' : 'en';
}

/** Name, employer, document: personal data, shown only after it was asked for. */
export function PersonHead({ person }: { readonly person: FoundPerson }) {
  const { t } = useWords();
  const unnamed = person.nameZh === '' && person.nameEn === '';
  return (
    <div className="person-head">
      <p className="person-name">
        {unnamed ? t('people.unnamed') : <span lang="zh-HK">{person.nameZh}</span>}
        {person.nameEn !== '' && (
          <span lang="en" className="person-en">
            {person.nameEn}
          </span>
        )}
      </p>
      <p className="dim">
        {person.employer !== '' && (
          <>
            <span lang={scriptOf(person.employer)} className="person-employer">
              {person.employer}
            </span>{' '}
            ·{' '}
          </>
        )}
        <span className="id">{person.document || person.person}</span>
      </p>
    </div>
  );
}

/** Where the ledger has a person, since when. */
export function PersonPlace({ person }: { readonly person: FoundPerson }) {
  const { t, dayTime } = useWords();
  const names = useNames();
  if (person.placeUnknown) {
    return <Marked tone="p2">{t('domain.place-unknown')}</Marked>;
  }
  if (person.place === null) return t('people.place-none');
  const place = names.place(person.place);
  if (person.sinceMs === null) return place;
  return t('people.place-since', { place, time: dayTime(person.sinceMs) });
}

function PermitStatus({ permit }: { readonly permit: FoundPermit }) {
  const { t } = useWords();
  if (permit.suspendedHere) return <Badge tone="p2">{t('people.suspended-here')}</Badge>;
  const tone = permit.status === 'active' ? 'plain' : 'p2';
  return <Badge tone={tone}>{t(`domain.permit-${permit.status}`)}</Badge>;
}

/** What this role may do with a permit. */
function PermitTools({ permit, onChanged }: { permit: FoundPermit; onChanged: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const { site } = useSite();
  const act = permit.suspendedHere ? 'reinstate' : 'suspend';
  return (
    <>
      {may('badge.replace') && (
        <Button
          small
          onPress={() =>
            ask({
              act: 'replace-badge',
              permit: permit.permit,
              badge: permit.credential,
              onDone: onChanged,
            })
          }
        >
          {t('people.badge-replace')}…
        </Button>
      )}
      {may('permit.print-code') && site.codes?.signing !== undefined && (
        <Button small onPress={() => ask({ act: 'print-code', permit: permit.permit })}>
          {t('people.code-print-of')}…
        </Button>
      )}
      {may(`permit.${act}`) && (
        <Button
          small
          tone={act === 'suspend' ? 'danger' : 'plain'}
          onPress={() => ask({ act, permit: permit.permit, onDone: onChanged })}
        >
          {t(`actions.${act}`)}…
        </Button>
      )}
    </>
  );
}

function PermitCard(props: { permit: FoundPermit; onChanged: () => void }) {
  const { permit, onChanged } = props;
  const { t, dayTime } = useWords();
  const names = useNames();
  return (
    <li className="permit">
      <div className="permit-head">
        <span className="id high">{permit.permit}</span>
        <span>{t(`domain.class-${permit.class}`)}</span>
        <PermitStatus permit={permit} />
        <PermitTools permit={permit} onChanged={onChanged} />
      </div>
      <Facts
        facts={[
          [
            t('people.valid'),
            t('people.valid-value', {
              from: dayTime(permit.validFromMs).slice(0, 16),
              to: dayTime(permit.validToMs).slice(0, 16),
            }),
          ],
          [
            t('people.hours'),
            t('people.valid-value', {
              from: minuteText(permit.hours.fromMinute),
              to: minuteText(permit.hours.toMinute),
            }),
          ],
          [t('people.areas'), permit.areas.map((area) => names.area(area)).join(' · ') || '–'],
          [t('people.enterprise'), permit.enterprise ?? '–'],
          [t('people.trade'), permit.trade ?? '–'],
          [
            t('people.badge'),
            <span key="badge" className="id">
              {permit.credential}
            </span>,
          ],
        ]}
      />
    </li>
  );
}

function Recent({ person }: { readonly person: FoundPerson }) {
  const { t, dayTime } = useWords();
  const names = useNames();
  if (person.recent.length === 0) return <p className="dim">{t('people.no-recent')}</p>;
  return (
    <table className="recent">
      <tbody>
        {person.recent.map((row) => (
          <tr key={row.crossing}>
            <td className="dim">
              <time>{dayTime(row.atMs)}</time>
            </td>
            <td>{names.lane(row.lane)}</td>
            <td>
              <CrossingOutcome state={row.state} timing={row.timing} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A person in full: permits, whereabouts, recent crossings, and what this role may change. */
export function PersonCard(props: {
  readonly person: FoundPerson;
  /** Something was changed: ask anew. */
  readonly onChanged: () => void;
}) {
  const { person, onChanged } = props;
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const setPlace = () =>
    ask({
      act: 'presence',
      person: person.person,
      who: personName(person),
      place: person.placeUnknown ? null : person.place,
      onDone: onChanged,
    });
  return (
    <>
      <PersonHead person={person} />
      <Section
        title={t('people.place')}
        tools={
          may('presence.set') && (
            <Button small onPress={setPlace}>
              {t('people.set-place')}…
            </Button>
          )
        }
      >
        <p className="high">
          <PersonPlace person={person} />
        </p>
      </Section>
      <AllowanceLeft key={person.person} of="person" id={person.person} />
      <Section title={t('people.permits')}>
        {person.permits.length === 0 && <p className="dim">{t('people.no-permits')}</p>}
        <ul className="plain-list">
          {person.permits.map((permit) => (
            <PermitCard key={permit.permit} permit={permit} onChanged={onChanged} />
          ))}
        </ul>
      </Section>
      <Section
        title={t('people.recent')}
        tools={
          <Button small onPress={() => go('crossings', { person: person.person })}>
            {t('people.all-crossings')}
          </Button>
        }
      >
        <Recent person={person} />
      </Section>
    </>
  );
}
