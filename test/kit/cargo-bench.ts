import { join } from 'node:path';
import type { Input, RequestInput } from '../../src/main/engine/core/input.ts';
import { DatasetText } from '../../src/main/engine/reference/parse.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import { stageVersion } from '../../src/main/engine/reference/stage.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { BoardId } from '../../src/shared/domain/ids.ts';
import type { DatasetName, GoodsDataset } from '../../src/shared/domain/permit.ts';
import type { EventData, EventKind } from '../../src/shared/journal/events.ts';
import type { Regime } from '../../src/shared/regime/regime-file.ts';
import { withCargoLanes } from './cargo-zone.ts';
import { goodsCsv } from './goods-files.ts';
import { value } from './journal-kit.ts';
import { type Holder, permitsCsv } from './small-zone.ts';
import { BOARD, type StepBench, stepBench } from './step-bench.ts';

const ACTOR = { type: 'person', user: 'u-1', role: 'supervisor', workstation: 'w-1' } as const;
const TEXT = { body: '測試', saltHex: 'ab'.repeat(16), saltedHash: 'cd'.repeat(32) };

/** Brings datasets in force at a bench, each one a version further. */
function loaderOf(bench: StepBench) {
  const reference = value(openWriter(join(bench.dir, 'reference.db'), referenceSchema));
  const versions = new Map<DatasetName, number>();
  const load = (dataset: DatasetName, text: string) => {
    const now = versions.get(dataset) ?? 0;
    const read = new DatasetText(dataset, 'csv', [text], dataset);
    const {
      version,
      rows: count,
      changed,
    } = value(stageVersion(reference, dataset, read, 'full', now));
    if (read.refusedCount > 0) throw new Error(JSON.stringify(read.refused));
    versions.set(dataset, version);
    const data = { dataset, version, rows: count, changed, refused: 0, hash: 'a'.repeat(64) };
    const events = [{ kind: 'dataset.in-force', data } as const];
    bench.run({ kind: 'noted', events, actor: { type: 'console' } });
  };
  return { load, reference };
}

/** The step at a zone one of whose lines takes vehicles, with datasets in force. */
export function cargoBench(
  rows: Partial<Record<GoodsDataset, readonly string[]>>,
  {
    drivers = 4,
    regime = 'cma-buffer-zone',
    checkpoint = 'first-1',
  }: { drivers?: number; regime?: string | Regime; checkpoint?: string } = {},
) {
  const bench = stepBench(1, (site) => withCargoLanes(site, checkpoint), regime);
  const holders = Array.from({ length: drivers }, (_, i) => ({ n: i + 1 }));
  return inputsOf(bench, holders, rows);
}

/** What boards and people tell a bench, with holders' permits and datasets in force. */
export function inputsOf(
  bench: StepBench,
  holders: readonly Holder[],
  rows: Partial<Record<GoodsDataset, readonly string[]>>,
) {
  const { load, reference } = loaderOf(bench);
  load('permits', permitsCsv(holders));
  for (const [name, of] of Object.entries(rows) as [GoodsDataset, string[]][]) {
    load(name, goodsCsv(name, of));
  }
  let index = 0;
  const heard = (door: number) => {
    index += 1;
    const deviceAtMs = bench.clock.wallMs();
    const where = { board: String(BOARD) as BoardId, door, index, deviceAtMs, ageMs: 0 };
    return { ...where, delivery: 'pushed', inOrder: true } as const;
  };
  const tell = (report: Extract<Input, { kind: 'board' }>['report']) => {
    bench.run({ kind: 'board', report, receivedMono: bench.clock.monoMs() });
    bench.clock.advance(1_000);
  };
  const read = (door: number, credential: ReturnType<typeof h10301>) => {
    const direction = door % 2 === 1 ? ('in' as const) : ('out' as const);
    const badge = { kind: 'swipe', granted: false, reason: 5, credential, direction } as const;
    tell({ ...heard(door), ...badge });
  };
  return {
    ...bench,
    load: (name: GoodsDataset, of: readonly string[]) => load(name, goodsCsv(name, of)),
    loadPermits: (of: readonly Holder[]) => load('permits', permitsCsv(of)),
    /** Vehicle n's tag at a door: 1 and 3 in, 2 and 4 out. */
    tag: (n: number, door = 1) => read(door, h10301(9, n)),
    badge: (n: number, door = 1) => read(door, h10301(1, n)),
    /** The gate opened, and the vehicle went through. */
    goes: (door = 1) => tell({ ...heard(door), kind: 'door', state: 'opened' }),
    /** A command of a person, else a supervisor's; its input as it comes from a screen. */
    ask(
      name: RequestInput['name'],
      input: Readonly<Record<string, unknown>>,
      {
        side,
        ...who
      }: { readonly user?: string; readonly role?: string; readonly side?: string } = {},
    ) {
      const request = { kind: 'request', name, input: { ...input, reason: TEXT.body } };
      const [answer] = bench.run({
        ...request,
        ...{ actor: { ...ACTOR, ...who }, role: who.role ?? 'supervisor', text: TEXT, side },
      } as unknown as Input);
      return answer;
    },
    all<K extends EventKind>(kind: K): EventData<K>[] {
      const found = bench.events().filter((event) => event.kind === kind);
      return found.map(({ data }) => data as EventData<K>);
    },
    rows: (sql: string) => bench.reader.query<[], Record<string, unknown>>(sql).all(),
    close() {
      reference.close();
      bench.close();
    },
  };
}

export type CargoBench = ReturnType<typeof cargoBench>;
