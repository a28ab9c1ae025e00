import type { UserRow } from '../../../shared/contract/administration-queries.ts';
import type { CommandInput, Session } from '../../../shared/contract/commands.ts';
import type { ExportedFile } from '../../../shared/contract/exported-file.ts';
import type {
  MonthSlice,
  PresenceAsk,
  PresenceLedger,
} from '../../../shared/contract/presence-queries.ts';
import type { DailyReport, QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { WhatIfSlice } from '../../../shared/contract/regime-queries.ts';
import type { Authority } from '../../../shared/domain/authority.ts';
import type { Credential } from '../../../shared/domain/credential.ts';
import type { BoardId, UserId } from '../../../shared/domain/ids.ts';
import type { DatasetName, Person } from '../../../shared/domain/permit.ts';
import type { QrClaims } from '../../../shared/domain/qr-permit.ts';
import type { Role } from '../../../shared/domain/role.ts';
import type { Sale } from '../../../shared/domain/sale.ts';
import type { Language } from '../../../shared/domain/text.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Result } from '../../../shared/lib/result.ts';
import type { ProvenRegime } from '../../../shared/regime/proven-regime.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { SiteLanes } from '../../../shared/regime/resolve.ts';
import type { Input } from '../core/input.ts';
import type { Segments } from '../journal/segments.ts';
import type { SignedCode } from '../permit-codes/sign-code.ts';
import type { Regimes } from '../projections/gather/regimes.ts';
import type { SiteIndex } from '../projections/gather/site-index.ts';
import type { MusterRoll } from '../projections/muster-roll.ts';
import type { Loaded, TakenBy } from '../reference/load-request.ts';
import type { NewLoad } from '../reference/loader.ts';
import type { ReferenceLookup } from '../reference/lookup.ts';
import type { RefusedRow } from '../reference/parse.ts';
import type { ReadableDb } from '../store/database.ts';

/** People who sign in, as the handlers use them. */
export interface AccessPort {
  signIn(name: string, secret: string, workstation: string): Promise<Result<Session>>;
  signInByBadge(badge: Credential, pin: string, workstation: string): Promise<Result<Session>>;
  /** Who signs in by a badge. */
  holderOf(badge: Credential): { readonly name: string } | null;
  giveBadge(
    name: string,
    badge: Credential | null,
  ): Result<{ readonly id: UserId; readonly role: Role }>;
  choosePin(session: Session, secret: string, pin: string): Promise<Result<null>>;
  signOut(workstation: string): void;
  sessionOf(workstation: string): Session | null;
  /** True where somebody of this name may sign in. */
  isUser(name: string): boolean;
  /** On whose behalf somebody acts; null where nobody has said. */
  authorityOf(user: UserId): Authority | null;
  /** What somebody is called; null where nobody of that id may sign in. */
  nameOf(user: string): string | null;
  listUsers(): (Omit<UserRow, 'user'> & { readonly id: UserId })[];
  addUser(user: CommandInput<'user.add'>): Promise<Result<UserId>>;
  trainingUsers(): readonly { name: string; role: string; secret: string }[];
}

/** The badge that was read last at the desk, for signing in; once used it is none. */
export interface BadgeReadsPort {
  last(): Credential | null;
  used(): void;
}

type MonthAsk = Omit<QueryInput<'presence.month'>, 'purpose'> & { readonly permits: number };

/** Long looks at the journal, made where they hold up nobody. */
export interface ReadingPort {
  days(): Promise<string[]>;
  daily(day: string): Promise<Result<DailyReport>>;
  csv(
    day: string,
    language: Language,
  ): Promise<Result<{ name: string; text: string; sha256: string }>>;
  crossings(
    input: QueryInput<'crossings.search'>,
    role: Role,
  ): Promise<Result<QueryOutput<'crossings.search'>>>;
  incidents(
    input: QueryInput<'incidents.search'>,
  ): Promise<Result<QueryOutput<'incidents.search'>>>;
  /** A part of a day's decisions under a version, named by its text's hash or given. */
  whatIf(
    ask: QueryInput<'regime.what-if'> & { readonly role: Role },
    regime: string | Regime,
  ): Promise<Result<WhatIfSlice>>;
  /** Proves a regime file's text whole for a site's lanes, or says what is wrong with it. */
  proveRegime(text: string, lanes: SiteLanes): Promise<Result<ProvenRegime>>;
  presence(of: PresenceAsk): Promise<Result<PresenceLedger>>;
  /** A part of a month's shares, with permits as of a version of theirs. */
  presenceMonth(ask: MonthAsk): Promise<Result<MonthSlice>>;
  presenceMonthCsv(
    ask: MonthAsk,
    language: Language,
  ): Promise<Result<{ file: QueryOutput<'presence.month-csv'>; rows: number }>>;
  presenceCsv(
    of: PresenceAsk,
    file: Pick<QueryInput<'presence.csv'>, 'where' | 'language'>,
  ): Promise<Result<{ file: QueryOutput<'presence.csv'>; moves: number }>>;
  /** The newest muster, null before the first; and the same as a file. */
  muster(): Promise<Result<MusterRoll | null>>;
  musterCsv(
    roll: MusterRoll,
    names: ReadonlyMap<string, Person>,
    language: Language,
  ): Promise<Result<ExportedFile>>;
}

/** Files of what is held, made where they hold up nobody. */
export interface ExportPort {
  exportDataset(of: {
    readonly dataset: DatasetName;
    readonly version: number;
    readonly format: 'csv' | 'json';
  }): Promise<Result<RowsFile>>;
  exportSales(format: 'csv' | 'json'): Promise<Result<RowsFile>>;
  /** A file of sales held against the ledger; so many of its bad rows are listed. */
  readSales(text: string, format: 'csv' | 'json', listed: number): Promise<Result<SalesRead>>;
}

/** What a file of sales says: rows that can be taken, those known already, and the bad ones. */
export interface SalesRead {
  readonly good: readonly { readonly line: number; readonly sale: Sale }[];
  readonly same: number;
  readonly refused: readonly RefusedRow[];
  readonly refusedCount: number;
  readonly sums: readonly { readonly currency: string; readonly soldCents: number }[];
}

/** A file that leaves the console, and how many rows stand in it. */
export interface RowsFile {
  readonly file: QueryOutput<'dataset.export'>;
  readonly rows: number;
}

/** Which version of the regime decides, and when. */
export type RegimesPort = Pick<Regimes, 'at' | 'hashAt' | 'prepare' | 'stateAt' | 'sinceAt'>;

export interface DatasetPort {
  load(request: NewLoad, by?: TakenBy | null): Promise<Result<Loaded>>;
}

/** Everything the handlers of commands and queries use. */
export interface ApiDeps {
  readonly db: ReadableDb;
  readonly segments: Segments;
  readonly reference: ReferenceLookup;
  readonly site: SiteIndex;
  readonly regimes: RegimesPort;
  readonly clock: Clock;
  readonly access: AccessPort;
  readonly badgeReads: BadgeReadsPort;
  readonly reading: ReadingPort & ExportPort;
  readonly datasets: DatasetPort;
  /** Signs a permit's code with the key that the site file names. */
  signCode(claims: QrClaims): Promise<Result<SignedCode>>;
  /** What a board owed is declared lost: it is not asked for again. */
  giveUp(board: BoardId, ranges: readonly { readonly from: number; readonly to: number }[]): void;
  /** Hands an input to the one door; resolves after its commit. */
  submit(input: Input): Promise<Result<unknown> | null>;
  randomBytes(size: number): Buffer;
}
