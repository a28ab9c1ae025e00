import { useMemo, useState } from 'react';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { RegimeVersionRow, Who } from '../../../shared/contract/regime-queries.ts';
import type { Authority } from '../../../shared/domain/authority.ts';
import { AUTHORITY_WORDS } from '../../../shared/locale/regime-terms.ts';
import { isInForce, type Regime } from '../../../shared/regime/regime-file.ts';
import { useMay } from '../../actions/may.ts';
import { useSession } from '../../live/client.tsx';
import { useZoneNow } from '../../live/now.ts';
import { Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { useWords } from '../../words/words.ts';
import { AgreeDialog, ProposeDialog, WithdrawDialog } from './change-dialogs.tsx';
import { DifferenceView } from './difference-view.tsx';
import { RegimeTable } from './regime-table.tsx';
import { fromName, StateBadge } from './version-list.tsx';
import { WhatIfView } from './what-if-view.tsx';

type Versions = QueryOutput<'regime.versions'>;

/** A version with the one in force, as they are worked with. */
export interface ShownVersion {
  readonly regime: Regime;
  readonly hash: string;
  readonly fromMs: number | null;
  /** Null for the version in force, which may never have been handed in here. */
  readonly row: RegimeVersionRow | null;
  readonly inForce: Regime;
}

const VIEWS = ['table', 'changes', 'what-if'] as const;
export type RegimeView = (typeof VIEWS)[number];

export function viewOf(text: string | undefined, row: RegimeVersionRow | null): RegimeView {
  const wanted = VIEWS.find((view) => view === text);
  const isNow = row === null || row.state === 'in-force';
  if (isNow) return wanted === 'what-if' ? wanted : 'table';
  return wanted ?? 'changes';
}

function useWhoText(): (who: Who, side?: Authority | null) => string {
  const { t, text3 } = useWords();
  return (who, side = null) => {
    const name = who.name ?? who.user;
    return side === null
      ? name
      : t('regime.by-side', { who: name, side: text3(AUTHORITY_WORDS[side]) });
  };
}

function useFacts({ regime, hash, fromMs, row }: ShownVersion): readonly Fact[] {
  const { t, text3, dayTime } = useWords();
  const whoText = useWhoText();
  const id = (key: string, text: string) => (
    <span key={key} className="id">
      {text}
    </span>
  );
  const facts: Fact[] = [
    [t('regime.name'), id('name', regime.id)],
    [t('regime.document'), text3(regime.document)],
    [
      t('regime.hash'),
      <span key="hash" className="hash">
        {hash}
      </span>,
    ],
  ];
  const at = fromMs === null ? t('regime.from-none') : dayTime(fromMs);
  if (row === null) return [...facts, [t('regime.since'), at]];
  facts.push([t(fromName(row.state)), at], [t('regime.own-from'), dayTime(regime.effectiveFromMs)]);
  const by = (name: string, who: Who | null, side: Authority | null = null) => {
    if (who !== null) facts.push([name, id(name, whoText(who, side))]);
  };
  if (row.draftedBy !== null) {
    const who = whoText(row.draftedBy);
    const text = t('regime.by-at', { who, at: dayTime(row.draftedMs) });
    facts.push([t('regime.drafted-by'), id('drafted', text)]);
  }
  by(t('regime.proposed-by'), row.proposedBy, row.proposedSide);
  by(t('regime.enacted-by'), row.enactedBy);
  by(t('regime.withdrawn-by'), row.withdrawnBy);
  if (row.reason !== null) {
    facts.push([
      t('regime.reason'),
      <span key="reason" className="typed">
        {row.reason}
      </span>,
    ]);
  }
  return facts;
}

/** Whose agreement a change needs, and for whom the person who is signed in speaks. */
function Sides({ versions }: { readonly versions: Versions }) {
  const { t, text3 } = useWords();
  const may = useMay();
  const { eachSide, ownSide } = versions;
  if (eachSide === null) return null;
  const first = text3(AUTHORITY_WORDS[eachSide.first]);
  const home = text3(AUTHORITY_WORDS[eachSide.home]);
  return (
    <p className="small">
      {`${t('regime.sides')} · ${t('regime.sides-value', { first, home })} `}
      {may('regime.enact') &&
        (ownSide === null ? (
          <Marked tone="p3">{t('regime.no-side')}</Marked>
        ) : (
          <span className="dim">
            {t('regime.own-side', { side: text3(AUTHORITY_WORDS[ownSide]) })}
          </span>
        ))}
    </p>
  );
}

type Open = 'propose' | 'agree' | 'withdraw' | null;

/** What can be done about a version that does not decide yet. */
function Acts(props: {
  readonly shown: ShownVersion;
  readonly row: RegimeVersionRow;
  readonly onChanged: () => void;
}) {
  const { t, dayTime } = useWords();
  const session = useSession();
  const nowMs = useZoneNow();
  const whoText = useWhoText();
  const [open, setOpen] = useState<Open>(null);
  const { row, shown, onChanged } = props;
  const { inForce, regime } = shown;
  const { fromMs, proposedBy, state } = row;
  const isWaiting = state === 'drafted' || state === 'proposed';
  const isProposed = state === 'proposed' && fromMs !== null && proposedBy !== null;
  const isOwn = isProposed && proposedBy.user === session?.user;
  const closing = { row, onDone: onChanged, onClose: () => setOpen(null) };
  if (!isWaiting && state !== 'enacted') return null;
  return (
    <>
      {isOwn && <p className="dim small">{t('regime.you-proposed')}</p>}
      <div className="side-buttons">
        {isProposed && !isOwn && (
          <Button tone="main" onPress={() => setOpen('agree')}>
            {t('regime.agree', { at: dayTime(fromMs) })}
          </Button>
        )}
        {isWaiting && (
          <Button tone={isProposed ? 'plain' : 'main'} onPress={() => setOpen('propose')}>
            {t(isProposed ? 'regime.propose-other' : 'regime.propose')}
          </Button>
        )}
        <Button onPress={() => setOpen('withdraw')}>{t('regime.withdraw-open')}</Button>
      </div>
      {open === 'propose' && (
        <ProposeDialog {...closing} regime={regime} nowMs={nowMs ?? row.draftedMs} />
      )}
      {open === 'agree' && isProposed && (
        <AgreeDialog {...closing} {...{ fromMs, inForce, regime }} who={whoText(proposedBy)} />
      )}
      {open === 'withdraw' && <WithdrawDialog {...closing} />}
    </>
  );
}

/** One version: what it is, who did what, and its table, its changes or a past day under it. */
export function VersionPanel(props: {
  readonly shown: ShownVersion;
  readonly versions: Versions | null;
  readonly view: RegimeView;
  readonly onView: (view: RegimeView) => void;
  readonly onChanged: () => void;
}) {
  const { t, text3 } = useWords();
  const may = useMay();
  const nowMs = useZoneNow();
  const { shown, versions, view, onView, onChanged } = props;
  const { regime, inForce, row } = shown;
  const facts = useFacts(shown);
  const decides = nowMs === null || isInForce(regime, nowMs);
  const views = useMemo(
    () =>
      VIEWS.filter((one) => {
        if (one === 'changes') return row !== null && row.state !== 'in-force';
        return one === 'table' || may('regime.what-if');
      }),
    [row, may],
  );
  return (
    <>
      <h2 className="side-title">
        {text3(regime.title)} · {t('regime.version', { n: regime.version })}
      </h2>
      <p className="side-marks">
        <StateBadge state={row?.state ?? (decides ? 'in-force' : 'not-yet')} />
      </p>
      <Facts facts={facts} />
      {versions && <Sides versions={versions} />}
      {row && may('regime.enact') && <Acts shown={shown} row={row} onChanged={onChanged} />}
      {views.length > 1 && (
        <div className="regime-views">
          <Choices
            label={t('regime.view')}
            value={view}
            choices={views.map((value) => ({ value, text: t(`regime.view-${value}`) }))}
            onChange={onView}
          />
        </div>
      )}
      {view === 'table' && <RegimeTable regime={regime} />}
      {view === 'changes' && <DifferenceView before={inForce} after={regime} />}
      {view === 'what-if' && <WhatIfView key={row?.draft ?? ''} draft={row?.draft ?? null} />}
    </>
  );
}
