import type { JointSide } from '../../shared/contract/joint-queries.ts';
import type { QueryOutput } from '../../shared/contract/queries.ts';
import type { Authority } from '../../shared/domain/authority.ts';
import type { CrossingId } from '../../shared/domain/ids.ts';
import type { JointResult } from '../../shared/domain/joint-record.ts';
import { AUTHORITY_WORDS } from '../../shared/locale/regime-terms.ts';
import { useEvery } from '../live/use-every.ts';
import { type QueryState, useQuery } from '../live/use-query.ts';
import { useUserName } from '../live/use-user-name.ts';
import { Marked } from '../ui/badges.tsx';
import { Facts } from '../ui/facts.tsx';
import { useWords } from '../words/words.ts';
import './joint-sides.css';

type Told = QueryOutput<'joint-record.crossing'>;

/** An officer of the other side may give a result at any time: it is asked for this often. */
const ASK_MS = 5_000;

/** What the sides have said of a crossing, kept in step; null asks nothing. */
export function useJointSides(crossing: CrossingId | null): QueryState<'joint-record.crossing'> {
  const asked = useQuery('joint-record.crossing', crossing === null ? null : { crossing });
  useEvery(ASK_MS, asked.again);
  return asked;
}

/** The side that somebody acts for, where it is one of the two. */
export function ownOf({ ownSide, sides }: Told): JointSide | null {
  return sides?.find(({ side }) => side === ownSide) ?? null;
}

/** Results that would change what a side has said. */
export function resultsFor({ result }: Pick<JointSide, 'result'>): readonly JointResult[] {
  if (result === 'held') return ['released'];
  const isReleased = result === 'released' || result === 'released-by-person';
  return isReleased ? ['held'] : ['released', 'held'];
}

/** The side that keeps whoever acts for this one, or for none, from letting somebody through. */
export function holderFor(sides: readonly JointSide[], own: Authority | null): JointSide | null {
  return sides.find(({ result, side }) => result === 'held' && side !== own) ?? null;
}

/** What each side has said so far, who gave it, and whether that keeps the person back. */
export function JointSides({ told: { ownSide, sides } }: { readonly told: Told }) {
  const { t, text3 } = useWords();
  const userName = useUserName();
  const holder = sides && holderFor(sides, ownSide);
  return (
    <div className="joint-sides">
      <Facts
        facts={(sides ?? []).map(({ by, result, side, way }) => [
          t(`ledger.joint-${way}`, { side: t(`ledger.side-${side}`) }),
          <span key={side} className={result === 'held' ? 'p2' : ''}>
            {t(`ledger.joint-result-${result}`)}
            {by !== null && ` · ${userName(by)}`}
          </span>,
        ])}
      />
      {holder ? (
        <Marked tone="p2" line>
          {t('joint.held-by', { side: text3(AUTHORITY_WORDS[holder.side]) })}
        </Marked>
      ) : (
        <p className="dim small">{t('joint.rule')}</p>
      )}
    </div>
  );
}

/** For which side somebody gives results, or that they can for neither. */
export function OwnSide({ told }: { readonly told: Told }) {
  const { t, text3 } = useWords();
  const own = ownOf(told);
  if (own !== null) return <p>{t('joint.own-side', { side: text3(AUTHORITY_WORDS[own.side]) })}</p>;
  const [exit, entry] = told.sides ?? [];
  if (exit === undefined || entry === undefined) return null;
  return (
    <p className="dim">
      {t('joint.own-none', {
        exit: text3(AUTHORITY_WORDS[exit.side]),
        entry: text3(AUTHORITY_WORDS[entry.side]),
      })}
    </p>
  );
}
