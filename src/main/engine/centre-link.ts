import type { StatusNow } from '../../shared/contract/views.ts';
import type { EventData, NewEvent } from '../../shared/journal/events.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Fault } from '../../shared/lib/result.ts';
import type { Segments } from './journal/segments.ts';
import type { LoadedSite } from './site/load-site.ts';
import type { WritableDb } from './store/database.ts';
import type { startCentre } from './sync/start-centre.ts';
import type { SyncState } from './sync/sync-state.ts';
import type { Uploader } from './sync/uploader.ts';

export interface CentreLinkDeps {
  readonly db: WritableDb;
  readonly segments: Segments;
  readonly loaded: LoadedSite;
  readonly clock: Clock;
  readonly boot: string;
  readonly startCentre: typeof startCentre;
  /** Journals what became of the line to the centre. */
  note(event: NewEvent): void;
}

/** Which states of the upload stand in the journal as which. */
const JOURNALLED: Partial<Record<SyncState['state'], EventData<'centre.state'>['state']>> = {
  'in-step': 'connected',
  lost: 'lost',
  fork: 'fork',
  refused: 'refused',
};

const KEEP_CURSOR_MS = 1_000;
/** The end waits this long for the centre to have everything. Real ms. */
const REST_WITHIN_MS = 500;

/** The upload to the centre, its cursor, and what the screens are told of it. */
export class CentreLink {
  readonly #deps: CentreLinkDeps;
  #uploader: Uploader | null = null;
  readonly #save;
  #told: string | null = null;
  /** The notices that stand in the journal and are not over yet. */
  #noticed: readonly string[] = [];
  /** Why there is no upload at all, though the site names a centre. */
  #refused: string | null = null;
  #acked: number;
  #kept: number;
  #heard: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(deps: CentreLinkDeps) {
    this.#deps = deps;
    this.#save = deps.db.write<[number]>(
      `INSERT INTO reader_cursor (name, seq) VALUES ('centre', ?)
       ON CONFLICT (name) DO UPDATE SET seq = excluded.seq`,
    );
    const row = deps.db
      .query<[], { seq: number }>("SELECT seq FROM reader_cursor WHERE name = 'centre'")
      .get();
    this.#acked = row?.seq ?? 0;
    this.#kept = this.#acked;
  }

  /**
   * Starts the upload where the site names a centre. One that may not be spoken to (certificates
   * that ran out, an unsafe address) is no reason for the gates to wait: it shows as refused.
   */
  static start(deps: CentreLinkDeps): CentreLink {
    const link = new CentreLink(deps);
    const { centre, training } = deps.loaded.site;
    if (centre === null) return link;
    const uploader = deps.startCentre(centre, training !== false, {
      segments: deps.segments,
      clock: deps.clock,
      boot: deps.boot,
      ackedSeq: link.#acked,
      dir: deps.loaded.dir,
      onState: (state) => link.#state(state),
      onAcked: (seq) => {
        link.#acked = seq;
        link.#heard();
      },
    });
    if (!uploader.ok) {
      link.#refuse(uploader.fault);
      return link;
    }
    link.#uploader = uploader.value;
    link.#timer = setInterval(() => link.#keep(), KEEP_CURSOR_MS);
    return link;
  }

  #refuse({ code, text, where }: Fault): void {
    const told = (where === undefined ? text : `${text} (${where})`).slice(0, 300);
    this.#refused = told;
    const data = { state: 'refused', code: code.slice(0, 40), text: told, ackedSeq: this.#acked };
    this.#deps.note({ kind: 'centre.state', data } as NewEvent);
  }

  committed(seq: number): void {
    this.#uploader?.committed(seq);
  }

  now(): StatusNow['centre'] {
    const state = this.#uploader?.state();
    if (state === undefined) {
      const nothing = { waiting: 0, oldestUnackedMs: null, lastAnswerAgoMs: null };
      const state = this.#refused === null ? 'none' : 'refused';
      return { state, ackedSeq: this.#acked, ...nothing, text: this.#refused };
    }
    const { ackedSeq, waiting, oldestUnackedMs, lastAnswerMonoMs, notices } = state;
    const ago = lastAnswerMonoMs === null ? null : this.#deps.clock.monoMs() - lastAnswerMonoMs;
    return {
      state: state.state,
      ackedSeq,
      waiting,
      oldestUnackedMs: oldestUnackedMs === null ? null : Math.round(oldestUnackedMs),
      lastAnswerAgoMs: ago === null ? null : Math.round(ago / 1000) * 1000,
      text: state.text ?? notices[0]?.text ?? null,
    };
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sendRest();
    await this.#uploader?.stop();
    this.#keep();
  }

  /** A centre that was in step gets the last events of an orderly end too, if it is quick. */
  async #sendRest(): Promise<void> {
    const state = this.#uploader?.state();
    if (state?.state !== 'in-step' || state.waiting === 0) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, REST_WITHIN_MS);
      this.#heard = () => {
        const now = this.#uploader?.state();
        if (now?.state === 'in-step' && now.waiting > 0) return;
        clearTimeout(late);
        resolve();
      };
    });
  }

  /** The centre says where to go on; the cursor is for tools, so once a second is enough. */
  #keep(): void {
    if (this.#acked === this.#kept) return;
    try {
      this.#save.run(this.#acked);
      this.#kept = this.#acked;
    } catch {
      // The disk is full or away, which the step tells of: this cursor is tried again later.
    }
  }

  #state(state: SyncState): void {
    this.#heard();
    const { ackedSeq, code, text } = state;
    const journalled = JOURNALLED[state.state];
    if (journalled !== undefined && this.#told !== journalled) {
      this.#told = journalled;
      this.#deps.note({ kind: 'centre.state', data: { state: journalled, code, text, ackedSeq } });
    }
    if (state.state !== 'none' && state.state !== 'lost') this.#notices(state);
  }

  /** Each thing that people must know is told when it begins, and again after it was over. */
  #notices({ state, notices, ackedSeq }: SyncState): void {
    const journalled = JOURNALLED[state] ?? 'behind';
    for (const { code, text } of notices) {
      if (this.#noticed.includes(code)) continue;
      this.#deps.note({ kind: 'centre.state', data: { state: journalled, code, text, ackedSeq } });
    }
    this.#noticed = notices.map(({ code }) => code);
  }
}
