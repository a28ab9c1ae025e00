import { join } from 'node:path';
import type { Backend, Caller } from '../../shared/contract/transport/backend.ts';
import type { StatusNow } from '../../shared/contract/views.ts';
import type { CommandProgress } from '../../shared/domain/device-report.ts';
import { commandId, keyOf } from '../../shared/domain/ids.ts';
import type { DatasetName } from '../../shared/domain/permit.ts';
import type { NewEvent } from '../../shared/journal/events.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import { isInForce, notInForceText } from '../../shared/regime/regime-file.ts';
import type { ApiDeps } from './api/api-deps.ts';
import { runCommand } from './api/commands.ts';
import { runQuery } from './api/queries.ts';
import { CentreLink } from './centre-link.ts';
import { linkDatasets } from './dataset-link.ts';
import { DeviceLink } from './device-link.ts';
import { Emergency } from './emergency/emergency.ts';
import { allViews } from './feed/all-views.ts';
import { Feed, isUrgent } from './feed/feed.ts';
import { BadgeReads } from './feed/views/badge-reads.ts';
import { DeskReads } from './feed/views/desk-reads.ts';
import { Intake } from './intake/intake.ts';
import { type OpenStores, openStores } from './open-stores.ts';
import { type OperationsParts, realParts } from './operations-parts.ts';
import { signCode } from './permit-codes/sign-code.ts';
import { Gatherer } from './projections/gather/gather.ts';
import { SiteIndex } from './projections/gather/site-index.ts';
import { createReadingService } from './reading/reading-service.ts';
import type { DatasetLoader } from './reference/loader.ts';
import { ReferenceLookup } from './reference/lookup.ts';
import { Eraser } from './retention/eraser.ts';
import { filesInForce, siteAt, startedData } from './site/in-force.ts';
import { emergencyFolder, type LoadedSite } from './site/load-site.ts';
import { Step } from './step.ts';
import { WAIT_FOR_OTHERS_MS } from './store/open.ts';
import { outsidePath } from './store/outside-path.ts';
import { DISK_SETTINGS, DiskCare } from './upkeep/disk-care.ts';
import { JournalCare } from './upkeep/journal-care.ts';
import { Upkeep } from './upkeep/upkeep.ts';

export interface OperationsOptions {
  readonly dataDir: string;
  readonly loaded: LoadedSite;
  readonly clock: Clock;
  readonly boot: string;
  /** Started without drivers, since it failed too often before. */
  readonly safe: boolean;
  readonly log: (line: string) => void;
  readonly randomBytes: (size: number) => Buffer;
  readonly parts?: OperationsParts | undefined;
}

export interface Operations {
  readonly backend: Backend;
  stop(): Promise<void>;
}

/** The start waits for files of datasets that are in force already for this long: real ms. */
const DATASETS_WITHIN_MS = 30_000;

/**
 * Opens the journal, settles what an earlier boot left, then brings the doors up one after the
 * other: reference data, drivers, feed, centre.
 */
export async function startOperations(options: OperationsOptions): Promise<Result<Operations>> {
  const opened = openStores(options);
  if (!opened.ok) return opened;
  const engine = new OperationsEngine(options, opened.value);
  await engine.start();
  return ok({ backend: engine.backend(), stop: () => engine.stop() });
}

class OperationsEngine {
  readonly #options: OperationsOptions;
  readonly #outside: OperationsParts;
  readonly #opened: OpenStores;
  readonly #site: SiteIndex;
  readonly #gatherer: Gatherer;
  readonly #intake: Intake;
  readonly #emergency: Emergency;
  readonly #devices: DeviceLink;
  readonly #loader: DatasetLoader;
  readonly #feed: Feed;
  readonly #api: ApiDeps;
  readonly #reading;
  #centre: CentreLink | null = null;
  readonly #disk: DiskCare | null;
  readonly #journalCare: JournalCare;
  readonly #eraser: Eraser;
  readonly #upkeep: Upkeep;
  #urgent = false;
  #failed = false;
  #noteCannotWrite: () => void = () => undefined;
  /** Resolves when the journal cannot be written for the first time. */
  readonly #cannotWrite = new Promise<void>((resolve) => {
    this.#noteCannotWrite = resolve;
  });

  constructor(options: OperationsOptions, opened: OpenStores) {
    this.#options = options;
    this.#outside = options.parts ?? realParts;
    this.#opened = opened;
    const { clock, loaded, boot } = options;
    const { access, db, journal, projector, reference, regimes, segments } = opened;
    const { site } = loaded;
    const lookup = new ReferenceLookup(reference.db);
    this.#site = new SiteIndex(site, (lane) => this.#gatherer.ledger.isTurned(lane));
    const board = (id: string) => this.#devices.board(id);
    const facts = { db, reference: lookup, site: this.#site, regimes, boot, board, segments };
    this.#gatherer = new Gatherer(facts);
    const note = (event: NewEvent) => {
      if (isUrgent(event.kind)) this.#urgent = true;
      this.#upkeep.noteKind(event.kind);
      this.#devices.note(event);
    };
    const step = new Step({ db, journal, projector, facts: this.#gatherer, clock, note });
    this.#intake = this.#openIntake(step);
    const badgeReads = new BadgeReads(clock);
    const reads = { badgeReads, deskReads: new DeskReads() };
    const parts = { db, site: this.#site, clock, boot, intake: this.#intake, ...reads };
    const own = {
      gatherer: this.#gatherer,
      reference: lookup,
      regimes,
      fromKey: keyOf(commandId(journal.epoch, journal.seq)),
      safe: options.safe,
      createDevices: this.#outside.createDevices,
      onBoardOnline: (board: string) => this.#emergency.boardAnswers(board),
      onAttached: () => this.#feed.look('devices'),
      onEmergencyOrder: (progress: CommandProgress) => this.#emergency.heard(progress),
      onModeOrdered: (board: string, door: number) => this.#emergency.personOrders(board, door),
    };
    this.#devices = new DeviceLink({ ...parts, ...own });
    this.#emergency = this.#prepareEmergency();
    this.#disk = this.#prepareDisk();
    this.#journalCare = this.#careForJournal();
    this.#loader = linkDatasets({
      ...{ db, intake: this.#intake, ledger: this.#gatherer.ledger },
      ...{ referencePath: reference.path, log: options.log, clock },
      ...{ parts: this.#outside.loader, timing: this.#outside.loaderTiming },
    });
    this.#eraser = this.#prepareEraser(lookup);
    this.#upkeep = this.#prepareUpkeep();
    const status = {
      clock,
      training: site.training !== false,
      headSeq: () => journal.seq,
      mode: () => this.#mode(),
      centre: () => this.#centre?.now() ?? NO_CENTRE,
    };
    const views = allViews({ ...parts, segments, health: this.#devices, status });
    this.#feed = new Feed(segments, views, () => journal.seq);
    this.#reading = createReadingService({ dataDir: options.dataDir, site, clock });
    this.#api = {
      ...{ db, segments, reference: lookup, site: this.#site, regimes, clock, access, badgeReads },
      ...{ reading: this.#reading, datasets: this.#loader, randomBytes: options.randomBytes },
      signCode: (claims) => signCode(loaded.site.codes, loaded.dir, claims),
      submit: (input) => this.#intake.submit(input),
      giveUp: (board, ranges) => this.#devices.giveUp(board, ranges),
    };
  }

  #openIntake(step: Step): Intake {
    return new Intake({
      clock: this.#options.clock,
      step,
      onCommitted: (seq) => this.#committed(seq),
      onFailing: (error) => this.#failing(error),
      proof: () => {
        const account = this.#emergency.account();
        return account === null ? null : noted(account);
      },
    });
  }

  #prepareEmergency(): Emergency {
    const { clock, dataDir, loaded } = this.#options;
    const logPath = outsidePath(dataDir, 'emergency.ndjson', emergencyFolder(loaded));
    return new Emergency({
      ...{ clock, logPath },
      lanes: () => this.#site.lanesAlone(),
      modeOf: (lane) => this.#gatherer.ledger.laneMode(lane),
      send: (board, command) => this.#devices.send(board, command),
      note: (event) => void this.#note(event),
    });
  }

  #prepareDisk(): DiskCare | null {
    const { clock, dataDir, loaded, log, randomBytes } = this.#options;
    const { disk } = this.#outside;
    if (disk === undefined) return null;
    const note = (event: NewEvent) => void this.#note(event);
    const settings = loaded.site.disk ?? DISK_SETTINGS;
    return new DiskCare({ ...disk, dataDir, settings, clock, randomBytes, note, log });
  }

  #prepareUpkeep(): Upkeep {
    return new Upkeep({
      ...{ clock: this.#options.clock, intake: this.#intake, gatherer: this.#gatherer },
      ...{ disk: this.#disk, longLog: this.#outside.longLog },
      ...{ journal: this.#journalCare, eraser: this.#eraser, regimes: this.#opened.regimes },
      storeCards: () => void this.#devices.storeCards(),
      note: (event) => void this.#note(event),
    });
  }

  #prepareEraser(reference: ReferenceLookup): Eraser {
    const { clock, dataDir, loaded, log } = this.#options;
    const { db, segments } = this.#opened;
    return new Eraser({
      ...{ dataDir, db, segments, reference, loader: this.#loader, clock, log },
      retention: loaded.site.retention ?? {},
      submit: (input) => this.#intake.submit(input),
      cutLog: () => this.#journalCare.cutLog(),
    });
  }

  #careForJournal(): JournalCare {
    const { clock, loaded, log } = this.#options;
    return new JournalCare({
      ...{ opened: this.#opened, guard: this.#opened.guard, clock, log },
      megabytes: loaded.site.segmentMegabytes,
      startCheckpointer: this.#outside.startCheckpointer,
      onSealed: (seq) => this.#committed(seq),
    });
  }

  async start(): Promise<void> {
    const { clock, boot, safe, log } = this.#options;
    const loaded = siteAt(this.#options.loaded, this.#opened.regimes, clock.wallMs());
    if (!isInForce(loaded.regime, clock.wallMs())) log(notInForceText(loaded.regime));
    this.#journalCare.start();
    const logFault = this.#emergency.logFault();
    if (logFault !== null) log(logFault);
    if (!safe) this.#emergency.resume();
    const settled = this.#intake.submit({ kind: 'started', started: startedData(loaded) });
    const events = filesInForce(loaded);
    const files = this.#intake.submit({ kind: 'noted', actor: { type: 'console' }, events });
    // What cannot be written now waits in its order; the gates must be told all the same.
    await Promise.race([Promise.all([settled, files]), this.#cannotWrite]);
    await Promise.race([this.#readDatasets(), this.#cannotWrite]);
    if (!safe) await this.#devices.start();
    await Promise.race([this.#endEarlier(), this.#cannotWrite]);
    const { db, segments } = this.#opened;
    const note = (event: NewEvent) => void this.#note(event);
    const { startCentre } = this.#outside;
    this.#centre = CentreLink.start({ db, segments, loaded, clock, boot, startCentre, note });
    this.#upkeep.start();
  }

  /** New input is refused first; what waits is written; then everything closes. */
  async stop(): Promise<void> {
    const upkept = this.#upkeep.stop();
    this.#emergency.stop();
    await this.#devices.stop();
    void this.#note({ kind: 'engine.stopped', data: { why: 'asked to stop' } });
    await this.#intake.stop();
    this.#feed.stop();
    await Promise.all([
      ...[this.#loader.stop(), this.#centre?.stop(), this.#reading.stop(), upkept],
      this.#journalCare.stop(),
    ]);
    this.#opened.access.close();
    this.#opened.reference.db.close();
    this.#opened.segments.close();
  }

  backend(): Backend {
    return {
      command: (name, input, caller) => runCommand(this.#api, name, input, caller),
      query: (name, input, caller) => runQuery(this.#api, name, input, caller),
      watch: (name, _input, caller, sink) => this.#feed.watch(name, roleOf(caller), sink),
      sessionOf: (workstation) => this.#opened.access.sessionOf(workstation),
    };
  }

  #committed(seq: number): void {
    this.#devices.committed();
    this.#feed.committed(this.#urgent);
    this.#urgent = false;
    this.#centre?.committed(seq);
  }

  #failing(error: Error | null): void {
    this.#failed = error !== null;
    // Waiting for whoever holds the journal would stop gates, boards and screens with it.
    this.#opened.db.waitForOthers(error === null ? WAIT_FOR_OTHERS_MS : 0);
    if (error !== null) {
      this.#options.log(`the journal cannot be written: ${error.message}`);
      this.#emergency.begin(error.message);
      this.#disk?.cannotWrite(error);
      this.#noteCannotWrite();
    } else {
      this.#emergency.end();
      this.#disk?.canWrite();
    }
  }

  /** An emergency that an earlier boot did not live to end. */
  async #endEarlier(): Promise<void> {
    const account = this.#failed ? null : this.#emergency.account();
    if (account !== null && (await this.#note(account)) && !this.#failed) this.#emergency.end();
  }

  #mode(): StatusNow['mode'] {
    if (this.#emergency.on) return 'journal-failing';
    return this.#options.safe ? 'safe-mode' : 'normal';
  }

  /** Resolves once the event is durable, with false where it cannot be any more. */
  async #note(event: NewEvent): Promise<boolean> {
    const answer = await this.#intake.submit(noted(event));
    return answer === null || answer.ok;
  }

  /**
   * Nobody is decided on while, say, a watch-list that came meanwhile was not read. What is in
   * force stands where a file hangs (a share that does not answer); what was never read is waited
   * for.
   */
  async #readDatasets(): Promise<void> {
    const first = this.#followDatasets();
    const { ledger } = this.#gatherer;
    const named = Object.keys(this.#options.loaded.site.datasets) as DatasetName[];
    const isKnown = named.every((name) => ledger.dataset(name) !== null);
    const limit = isKnown ? [patience(DATASETS_WITHIN_MS)] : [];
    await Promise.race([first, ...limit]);
  }

  #followDatasets(): Promise<void> {
    const { site, dir } = this.#options.loaded;
    const files = Object.entries(site.datasets).map(([dataset, file]) => ({
      dataset: dataset as DatasetName,
      path: join(dir, file),
    }));
    return this.#loader.follow(files);
  }
}

function noted(event: NewEvent) {
  return { kind: 'noted', events: [event], actor: { type: 'console' } } as const;
}

function patience(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

const NO_CENTRE: StatusNow['centre'] = {
  ...{ state: 'none', ackedSeq: 0, waiting: 0, oldestUnackedMs: null, lastAnswerAgoMs: null },
  text: null,
};

function roleOf(caller: Caller) {
  return caller.session?.role ?? 'operator';
}
