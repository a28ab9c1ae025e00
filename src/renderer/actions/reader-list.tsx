import { useSite } from '../live/client.tsx';
import { useAge } from '../live/now.ts';
import { useReasonText } from '../live/reasons.ts';
import { useViewRow, useViewStore } from '../live/use-view.ts';
import { Age, Marked } from '../ui/badges.tsx';
import './reader-list.css';
import { useWords } from '../words/words.ts';

function Reader({ id }: { readonly id: string }) {
  const { t, time } = useWords();
  const reasonText = useReasonText();
  const device = useViewRow('devices', id);
  const read = useViewRow('desk-reads', id);
  const ageMs = useAge(device?.heardAgoMs ?? null, useViewStore('devices').receivedMs(id));
  return (
    <li className="desk-reader">
      <span className="high id">{id}</span>
      <Age ageMs={ageMs} online={device?.online ?? false} long />
      <span className="desk-read">
        {read ? t('people.desk-last', { time: time(read.atMs) }) : t('people.desk-waiting')}
      </span>
      {read?.code?.wrong && <Marked tone="p2">{reasonText(read.code.wrong)}</Marked>}
      {read && read.permit === null && !read.code?.wrong && (
        <Marked tone="p2">{t('people.desk-unknown', { credential: read.credential })}</Marked>
      )}
    </li>
  );
}

/** Readers at the desk, or at muster points: whether they are there, when they read last. */
export function DeskReaders({ use }: { readonly use: 'desk' | 'muster' }) {
  const { t } = useWords();
  const { site } = useSite();
  const readers = site.readers.filter((reader) => reader.use === use);
  if (readers.length === 0) return null;
  return (
    <ul className="desk" aria-label={t(`people.readers-${use}`)}>
      {readers.map((reader) => (
        <Reader key={reader.id} id={reader.id} />
      ))}
    </ul>
  );
}
