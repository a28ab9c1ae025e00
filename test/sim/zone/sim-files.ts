import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import type { LoadRequest } from '../../../src/main/engine/reference/load-request.ts';
import type { LoaderParts, LoadWorker } from '../../../src/main/engine/reference/loader.ts';
import { attemptLoad } from '../../../src/main/engine/reference/loader-thread.ts';
import { referenceSchema } from '../../../src/main/engine/reference/schema.ts';
import type { WritableDb } from '../../../src/main/engine/store/database.ts';
import { openWriter } from '../../../src/main/engine/store/open.ts';
import { value } from '../../kit/journal-kit.ts';
import type { VirtualHost } from '../host/virtual-host.ts';

const LOADING_MS = 5;

/** The site's dataset files, in memory, and the loader's thread, in this one. */
export class SimFiles implements LoaderParts {
  readonly #host: VirtualHost;
  readonly #files = new Map<string, { readonly text: string; readonly mark: string }>();
  #writes = 0;
  /** Called with each database opened, so that a killed engine's can be closed. */
  onOpened: (db: WritableDb) => void = () => undefined;

  constructor(host: VirtualHost) {
    this.#host = host;
  }

  write(name: string, text: string): void {
    this.#writes += 1;
    this.#files.set(name, { text, mark: `write ${this.#writes}` });
  }

  markOf(path: string): Promise<string | null> {
    return Promise.resolve(this.#files.get(basename(path))?.mark ?? null);
  }

  startWorker(referencePath: string): LoadWorker {
    const db = value(openWriter(referencePath, referenceSchema));
    this.onOpened(db);
    const textOf = (path: string) => this.#files.get(basename(path))?.text ?? '';
    return new InlineWorker(this.#host, db, textOf) as unknown as LoadWorker;
  }
}

type Message = { readonly id: number; readonly request: LoadRequest } | 'close';

class InlineWorker extends EventEmitter {
  readonly #host: VirtualHost;
  readonly #db: WritableDb;
  readonly #textOf: (path: string) => string;

  constructor(host: VirtualHost, db: WritableDb, textOf: (path: string) => string) {
    super();
    this.#host = host;
    this.#db = db;
    this.#textOf = textOf;
  }

  postMessage(message: Message): void {
    this.#host.after(LOADING_MS, () => {
      if (message === 'close') {
        this.#db.close();
        this.emit('exit');
        return;
      }
      const { id, request } = message;
      const text = request.path === null ? request.text : this.#textOf(request.path);
      const result = attemptLoad(this.#db, { ...request, path: null, text });
      this.emit('message', { id, result });
    });
  }
}
