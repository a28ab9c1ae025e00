import { join } from 'node:path';
import type { LinkTimers } from '../../shared/contract/transport/carrier.ts';
import { type Fault, fail, ok, type Result } from '../../shared/lib/result.ts';
import { type Body, chooseBody, type Machine } from './body-choice.ts';
import { type ChildPort, forkChild } from './child-port.ts';
import { childReady, endChild } from './child-start.ts';
import { claimDataFolder, ownDataFolder } from './data-folder.ts';
import { type LaunchOptions, readOptions, USAGE } from './options.ts';
import type { Programs } from './programs.ts';
import { spawnWindow } from './spawn-window.ts';
import { nodeTimers } from './timers.ts';

export interface StartParts {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly machine: Machine;
  readonly programs: Programs;
  /** Takes the one line of JSON. */
  readonly tellReady: (line: string) => void;
  readonly say: (line: string) => void;
  /** Opens the page in a browser. */
  readonly open: (url: string) => void;
  /** Settles when this process is asked to end. */
  readonly asked: Promise<void>;
}

/** A first start makes a PostgreSQL and 20,000 people; a large journal is looked through. */
const TRAINING_WITHIN_MS = 180_000;
const BODY_WITHIN_MS = 600_000;
/**
 * The whole console is gone within two seconds of being asked. The body gives its engine one of
 * them; on a busy machine it also takes a while to hear of it, and killed it could not end its own.
 */
const BODY_ENDS_WITHIN_MS = 1_600;
const TRAINING_ENDS_WITHIN_MS = 1_500;
/** The engine gets this long alone before the boards and the centre go too. */
const ENGINE_FIRST_MS = 150;
const EXIT_BAD_OPTION = 2;

/**
 * Starts the console and keeps it until it is asked to end: the training zone's process where no
 * site is named, then the body. Returns the exit code: 0 when it ended as asked, 1 when it could
 * not start or its body died, 2 for a bad option.
 */
export async function startConsole(parts: StartParts): Promise<number> {
  const options = readOptions(parts.argv, parts.cwd);
  if (!options.ok) {
    parts.say(options.fault.text);
    return EXIT_BAD_OPTION;
  }
  if (options.value.help) {
    parts.say(USAGE);
    return 0;
  }
  const data = options.value.data ?? defaultFolder(options.value, parts.machine);
  const claimed = claimDataFolder(data);
  if (!claimed.ok) {
    sayFault(parts, claimed.fault);
    return 1;
  }
  const run = new Run(parts, options.value, data);
  const code = await run.whole();
  claimed.value();
  return code;
}

function defaultFolder(options: LaunchOptions, machine: Machine): string {
  const own = ownDataFolder(machine.env, machine.platform);
  return join(own, options.site === null ? 'training-zone' : 'console');
}

function sayFault(parts: StartParts, fault: Fault): void {
  const where = fault.where === undefined ? '' : ` [${fault.where}]`;
  parts.say(`cannot start: ${fault.text}${where} (${fault.code})`);
}

interface Ready {
  readonly body: Body;
  readonly url: string;
}

class Run {
  readonly #parts: StartParts;
  readonly #options: LaunchOptions;
  readonly #data: string;
  readonly #timers: LinkTimers = nodeTimers;
  #training: ChildPort | null = null;
  #body: ChildPort | null = null;
  #ending = false;
  readonly #bodyEnded = Promise.withResolvers<string>();

  constructor(parts: StartParts, options: LaunchOptions, data: string) {
    this.#parts = parts;
    this.#options = options;
    this.#data = data;
  }

  async whole(): Promise<number> {
    const asked = this.#parts.asked.then(() => null);
    const started = await Promise.race([this.#start(), asked]);
    if (started?.ok === true) this.#announce(started.value);
    if (started?.ok === false) sayFault(this.#parts, started.fault);
    const how = started?.ok === true ? await Promise.race([this.#bodyEnded.promise, asked]) : null;
    await this.#end();
    if (how !== null) this.#parts.say(`the console ended: ${how}`);
    return started?.ok === false || (how !== null && how !== CLOSED) ? 1 : 0;
  }

  async #start(): Promise<Result<Ready>> {
    this.#parts.say(`data: ${this.#data}`);
    const site = await this.#site();
    if (!site.ok) return site;
    const choice = chooseBody(this.#options.host, this.#parts.machine);
    const shown = choice.body === 'host' ? 'the browser host' : 'a window';
    this.#parts.say(`opening ${shown}, because ${choice.why}`);
    const started = await this.#startBody(choice.body, site.value);
    if (started.ok || choice.body === 'host' || this.#ending) return started;
    // A window that cannot open is no reason to go without a console.
    this.#parts.say(`opening the browser host instead: ${started.fault.text}`);
    return this.#startBody('host', site.value);
  }

  /** The site file: the one that was named, or that of the training zone. */
  async #site(): Promise<Result<string>> {
    const { site } = this.#options;
    if (site !== null) return ok(site);
    this.#parts.say('starting the training zone');
    const folder = join(this.#data, 'training');
    const args = ['--data', folder, ...this.#options.training];
    const child = forkChild(this.#parts.programs.training, args);
    this.#training = child;
    const { say } = this.#parts;
    const ready = await childReady('the training zone', child, {
      timers: this.#timers,
      limitMs: TRAINING_WITHIN_MS,
      say,
    });
    if (!ready.ok) return ready;
    child.onExit((how) => {
      if (!this.#ending) say(`the training zone ended (${how}): its boards are silent now`);
    });
    return ok(String(ready.value.siteFile));
  }

  async #startBody(body: Body, site: string): Promise<Result<Ready>> {
    if (this.#ending) return fail('stopped', 'the console was stopped while it started');
    const { programs, machine, say } = this.#parts;
    const args = ['--data', this.#data, '--site', site, '--port', String(this.#options.port)];
    const child =
      body === 'host'
        ? forkChild(programs.host, args)
        : spawnWindow(machine.electron ?? '', programs.window, args);
    this.#body = child;
    const ready = await childReady(body === 'host' ? 'the host' : 'the window', child, {
      timers: this.#timers,
      limitMs: BODY_WITHIN_MS,
      say,
    });
    if (!ready.ok) {
      child.kill();
      return ready;
    }
    child.onExit((how) => this.#bodyEnded.resolve(how));
    return ok({ body, url: String(ready.value.url) });
  }

  #announce({ body, url }: Ready): void {
    this.#parts.tellReady(JSON.stringify({ ready: true, body, url, data: this.#data }));
    if (body === 'host' && this.#options.open) this.#parts.open(url);
  }

  async #end(): Promise<void> {
    this.#ending = true;
    const body = this.#ended(this.#body, BODY_ENDS_WITHIN_MS);
    const { promise: head, resolve } = Promise.withResolvers<void>();
    this.#timers.after(ENGINE_FIRST_MS, resolve);
    await Promise.race([body, head]);
    await Promise.all([body, this.#ended(this.#training, TRAINING_ENDS_WITHIN_MS)]);
  }

  #ended(child: ChildPort | null, limitMs: number): Promise<void> {
    return child === null ? Promise.resolve() : endChild(child, limitMs, this.#timers);
  }
}

/** How a body ends that a person closed. */
const CLOSED = 'exit code 0';
