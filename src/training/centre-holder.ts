import { join } from 'node:path';
import type { SiteCentre } from '../shared/domain/site.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';
import { startTrainingCentre, type TrainingCentre } from './centre/training-centre.ts';
import type { CentreSwitch } from './control/carry-out.ts';
import type { TrainingOptions } from './options.ts';

/** The training centre of a zone, which may be absent, stopped and started again. */
export class CentreHolder implements CentreSwitch {
  readonly #options: TrainingOptions;
  readonly #ddlFolder: string;
  readonly #progress: (text: string) => void;
  #running: TrainingCentre | null = null;

  /** `ddlFolder` is resources/central. */
  constructor(options: TrainingOptions, ddlFolder: string, progress: (text: string) => void) {
    this.#options = options;
    this.#ddlFolder = ddlFolder;
    this.#progress = progress;
  }

  login(): SiteCentre | null {
    return this.#running?.login ?? null;
  }

  readonly start = async (): Promise<Result<object>> => {
    if (!this.#options.centre) return fail('no-centre', 'this zone was started without a centre');
    if (this.#running !== null) return ok({});
    const started = await startTrainingCentre({
      folder: join(this.#options.data, 'centre'),
      ddlFolder: this.#ddlFolder,
      consoleId: this.#options.consoleId,
      log: this.#progress,
    });
    if (!started.ok) return started;
    this.#running = started.value;
    return ok({});
  };

  readonly stop = async (): Promise<Result<object>> => {
    const running = this.#running;
    this.#running = null;
    await running?.stop();
    return ok({});
  };
}
