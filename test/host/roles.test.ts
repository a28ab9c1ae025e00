import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../src/shared/contract/commands.ts';
import { queries } from '../../src/shared/contract/queries.ts';
import { type PortLike, portCarrier } from '../../src/shared/contract/transport/port-carrier.ts';
import { createRawClient, type RawClient } from '../../src/shared/contract/transport/raw-client.ts';
import { serve } from '../../src/shared/contract/transport/server.ts';
import { views } from '../../src/shared/contract/views.ts';
import { ROLES, type Role } from '../../src/shared/domain/role.ts';
import { callerOf } from '../kit/caller.ts';
import { type SmallZone, startSmallZone } from '../kit/small-zone.ts';

type Who = Role | 'nobody';

const ALL = ['operator', 'supervisor', 'inspector', 'administrator'] as const;
const ANYONE = ['nobody', ...ALL] as const;
const WATCHERS = ['operator', 'supervisor'] as const;
const ENACTORS = ['supervisor', 'administrator'] as const;
const REPORTS = ['supervisor', 'inspector', 'administrator'] as const;

const reason = 'because a test says so';
const exception = { exception: 'E1-1', reason };
const permit = { permit: 'SP-1', reason };
const report = { day: '2026-03-02' };
const user = { name: 'new-one', role: 'operator', secret: 'Long enough 4 a secret' };
const load = { dataset: 'persons', format: 'csv', mode: 'delta', text: '' };
const form = { series: 'A' };
const at = { lane: 'no-such-lane', direction: 'in', happenedMs: 1 };
const keyIn = { ...form, ...at, number: 9, permit: 'SP-1', writer: '1', reason };
const sales = { format: 'csv', text: 'reference\n' };
const evidence = { person: 'P-1', purpose: reason, where: 'zone' };
const month = { month: '2026-03', where: 'zone', purpose: reason };
const entity = { area: 'no-such-area', enterprise: 'E-0' };
const filing = { filing: 'F1-1', outcome: 'accepted', reference: 'R' };
const lockdown = { lockdown: 'K1-1', reason };
const goods = { consignment: 'C-0' };
const what = { enterprise: 'E-0', hsCode: '900190', unit: 'piece' };
const use = { ...what, quantity: 1, how: 'used', reason };
const passage = { fact: 'passage', after: 'passed' };
const timeline = { person: 'P-1', purpose: reason, limit: 5 };
const raise = { checkpoint: null, lane: null, priority: 4, note: reason };

/**
 * Who may do what, written out once more by hand: a role that the contract gains or loses by
 * mistake is seen here. Each with an input that the engine takes for one.
 */
const COMMANDS: Readonly<Record<string, readonly [readonly Who[], object]>> = {
  'session.sign-in': [ANYONE, { name: 'x', secret: 'y' }],
  'session.sign-in-badge': [ANYONE, { pin: '1' }],
  'session.choose-pin': [ALL, { secret: 'y', pin: '1' }],
  'session.sign-out': [ALL, {}],
  'gate.command': [WATCHERS, { lane: 'no-such-lane', action: 'lock', reason }],
  'zone.evacuate': [WATCHERS, { area: 'no-such-area', reason }],
  'muster.begin': [['supervisor'], { area: 'no-such-area', reason }],
  'muster.mark': [WATCHERS, { person: 'P-none', reason }],
  'muster.end': [['supervisor'], { reason }],
  'passage.answer': [['supervisor'], { crossing: 'X1-1', passage: 'passed', reason }],
  'exception.admit': [['supervisor'], exception],
  'exception.refuse': [['supervisor'], exception],
  'incident.raise': [WATCHERS, raise],
  'incident.acknowledge': [WATCHERS, { incident: 'I1-1' }],
  'incident.resolve': [WATCHERS, { incident: 'I1-1', reason }],
  'permit.suspend': [['supervisor'], permit],
  'permit.reinstate': [['supervisor'], permit],
  'day-return.decide': [['supervisor'], { crossing: 'X1-1', outcome: 'left', reason }],
  'suspension.begin': [['supervisor'], { kind: 'person', id: 'P-none', reason }],
  'suspension.end': [['supervisor'], { kind: 'enterprise', id: 'E-none', reason }],
  'correction.ask': [WATCHERS, { crossing: 'X1-1', change: passage, reason }],
  'correction.confirm': [['supervisor'], { correction: 'C1-1', reason }],
  'correction.decline': [WATCHERS, { correction: 'C1-1', reason }],
  'joint.give': [['supervisor', 'administrator'], { crossing: 'X1-1', result: 'held', reason }],
  'area.count': [['supervisor'], { area: 'no-such-area', counted: 1, reason }],
  'presence.set': [['supervisor'], { person: 'P-1', place: 'beyond-first', reason }],
  'badge.replace': [WATCHERS, { permit: 'SP-none', credential: 'raw/1', reason }],
  'permit.print-code': [WATCHERS, { permit: 'SP-none', purpose: reason }],
  'board.declare-lost': [['supervisor'], { board: '1', reason }],
  'person.erase': [['administrator'], { person: 'P-none', reason }],
  'lock.report': [WATCHERS, { vehicle: 'V-0', lock: 'L', state: 'locked', reason }],
  'custody.record': [WATCHERS, { ...goods, item: 'I-0', step: 'in', reason }],
  'goods.record-use': [WATCHERS, use],
  'audit.record': [WATCHERS, { ...goods, crossing: 'X1-1', result: 'fault', reason }],
  'sale.report': [['supervisor'], { ...goods, crossing: 'X1-1', soldCents: 1, reason }],
  'virtual.declare': [['supervisor'], { ...entity, persons: [], fromMs: 1, toMs: null, reason }],
  'filing.send': [['supervisor'], { ...entity, about: 'entity', reference: 'R', reason }],
  'filing.answer': [['supervisor'], { ...filing, reason }],
  'lockdown.propose': [
    [...WATCHERS, 'administrator'],
    { area: 'no-such-area', exits: 'controlled', reason },
  ],
  'lockdown.confirm': [ENACTORS, { ...lockdown, what: 'begin' }],
  'lockdown.end': [[...WATCHERS, 'administrator'], lockdown],
  'lockdown.withdraw': [[...WATCHERS, 'administrator'], lockdown],
  'dataset.load': [['administrator'], load],
  'sales.import': [ENACTORS, { ...sales, goodRowsOnly: false, reason }],
  'paper.hand-out': [WATCHERS, { ...form, count: 1, checkpoint: null, holder: '1', reason }],
  'paper.key-in': [WATCHERS, keyIn],
  'paper.void': [WATCHERS, { ...form, number: 9, reason }],
  'regime.draft': [ENACTORS, { text: 'no regime', reason }],
  'regime.enact': [ENACTORS, { draft: 'V1-1', fromMs: 1, reason }],
  'regime.withdraw': [ENACTORS, { draft: 'V1-1', reason }],
  'user.add': [['administrator'], user],
  'user.give-badge': [['administrator'], { name: 'nobody-here', badge: null }],
};
const QUERIES: Readonly<Record<string, readonly [readonly Who[], object]>> = {
  'session.current': [ANYONE, {}],
  'site.describe': [ALL, {}],
  'crossings.search': [ALL, { filter: {}, limit: 5 }],
  'person.find': [[...WATCHERS, 'inspector'], { by: { permit: 'SP-1' }, purpose: reason }],
  'presence.evidence': [['supervisor', 'inspector'], { person: 'P-1', purpose: reason }],
  'presence.csv': [['supervisor', 'inspector'], { ...evidence, language: 'en' }],
  'presence.month': [['supervisor', 'inspector'], { ...month, after: null, limit: 5 }],
  'presence.month-csv': [['supervisor', 'inspector'], { ...month, language: 'en' }],
  'muster.csv': [WATCHERS, { language: 'en' }],
  'day-return.list': [[...WATCHERS, 'inspector'], { state: 'due', limit: 5 }],
  'suspension.list': [[...WATCHERS, 'inspector'], {}],
  'correction.list': [[...WATCHERS, 'inspector'], { limit: 5 }],
  'person.timeline': [['supervisor', 'inspector'], timeline],
  'allowance.left': [['operator', 'supervisor', 'inspector'], { of: 'person', id: 'P-none' }],
  'joint-record.lane': [ALL, { lane: 'no-such-lane', limit: 5 }],
  'joint-record.crossing': [ALL, { crossing: 'X1-1' }],
  'incidents.search': [ALL, { limit: 5 }],
  'retention.now': [['inspector', 'administrator'], {}],
  'goods.overview': [[...WATCHERS, 'inspector'], {}],
  'goods.enterprises': [[...WATCHERS, 'inspector'], { text: '', status: 'any', limit: 5 }],
  'goods.enterprise': [[...WATCHERS, 'inspector'], { enterprise: 'E-0' }],
  'goods.consignments': [[...WATCHERS, 'inspector'], { text: '', limit: 5 }],
  'goods.consignment': [[...WATCHERS, 'inspector'], goods],
  'goods.audits': [[...WATCHERS, 'inspector'], { state: 'all', limit: 5 }],
  'dataset.preview': [['administrator'], load],
  'dataset.bad-rows': [['administrator'], load],
  'dataset.export': [REPORTS, { dataset: 'permits', format: 'csv', purpose: reason }],
  'sales.preview': [ENACTORS, sales],
  'sales.bad-rows': [ENACTORS, sales],
  'sales.export': [REPORTS, { format: 'json', purpose: reason }],
  'paper.forms': [[...WATCHERS, 'inspector'], {}],
  'report.days': [ALL, {}],
  'report.daily': [REPORTS, report],
  'report.csv': [REPORTS, { ...report, language: 'en' }],
  'virtual.overview': [['supervisor', 'inspector'], {}],
  'regime.versions': [REPORTS, {}],
  'regime.what-if': [REPORTS, { draft: null, day: '2026-03-02', cursor: null, limit: 5 }],
  'regime.read': [ALL, { draft: null }],
  'user.list': [['administrator'], {}],
  'user.names': [ALL, { users: ['U-1'] }],
};
const VIEWS: Readonly<Record<string, readonly Who[]>> = {
  status: ALL,
  lanes: ALL,
  areas: ALL,
  flow: ALL,
  ticker: ALL,
  queue: WATCHERS,
  devices: ALL,
  lockdown: ALL,
  muster: WATCHERS,
  'muster-people': WATCHERS,
  'badge-read': ANYONE,
  'desk-reads': WATCHERS,
};

const REFUSED = new Set(['not-allowed', 'sign-in-needed']);

let zone: SmallZone;
beforeAll(async () => {
  zone = await startSmallZone([{ n: 1 }]);
});
afterAll(() => zone.close());

/** Somebody's screen on the running engine, over the connection that every screen has. */
function screenOf(who: Who): { client: RawClient; close: () => void } {
  const session = who === 'nobody' ? null : callerOf(who).session;
  const backend = { ...zone.engine.backend, sessionOf: () => session };
  const { port1, port2 } = new MessageChannel();
  const timers = {
    nowMs: () => performance.now(),
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  serve(portCarrier(port1 as unknown as PortLike), { backend, workstation: 'w-1', timers });
  const connect = () => Promise.resolve(portCarrier(port2 as unknown as PortLike));
  const client = createRawClient(connect, timers);
  const close = () => {
    client.close();
    port1.close();
    port2.close();
  };
  return { client, close };
}

/** Resolves with the code of a call's fault, or `ok`. */
function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? 'thrown',
  );
}

/** Resolves once a watch is let in or ended. */
function watched(client: RawClient, name: string): Promise<string> {
  return new Promise((resolve) => {
    const stop = client.watch(
      name,
      {},
      {
        onUpdate: () => {
          resolve('ok');
          setImmediate(() => stop());
        },
        onEnd: (fault) => resolve(fault?.code ?? 'ended'),
      },
    );
  });
}

async function linked(client: RawClient): Promise<void> {
  await new Promise<void>((resolve) => {
    client.onLink((state) => state === 'open' && resolve());
  });
}

test('the table names every command, query and view there is', () => {
  expect(Object.keys(COMMANDS).sort()).toEqual(Object.keys(commands).sort());
  expect(Object.keys(QUERIES).sort()).toEqual(Object.keys(queries).sort());
  expect(Object.keys(VIEWS).sort()).toEqual(Object.keys(views).sort());
  expect([...ALL].sort()).toEqual([...ROLES].sort());
});

test.each(ANYONE)('%s may do what the table says, and is refused all else', async (who) => {
  const { client, close } = screenOf(who);
  await linked(client);
  const wrong: string[] = [];
  const judge = (name: string, allowed: readonly Who[], code: string) => {
    const wanted = allowed.includes(who) ? 'let in' : 'refused';
    const refusal = who === 'nobody' ? 'sign-in-needed' : 'not-allowed';
    const got = code === refusal ? 'refused' : REFUSED.has(code) ? `refused as ${code}` : 'let in';
    if (got !== wanted) wrong.push(`${name}: ${got} (${code}), not ${wanted}`);
    expect(['bad-input', 'internal', 'unknown-operation', 'unknown-view']).not.toContain(code);
  };
  for (const [name, [allowed, input]] of Object.entries(QUERIES)) {
    judge(name, allowed, await codeOf(client.query(name, input)));
  }
  for (const [name, [allowed, input]] of Object.entries(COMMANDS)) {
    judge(name, allowed, await codeOf(client.command(name, input)));
  }
  for (const [name, allowed] of Object.entries(VIEWS)) {
    judge(name, allowed, await watched(client, name));
  }
  expect(wrong).toEqual([]);
  close();
});

test('an operator may not hold a gate open, a supervisor may', async () => {
  const { backend } = zone.engine;
  const described = await backend.query('site.describe', {}, callerOf('operator'));
  if (!described.ok) throw new Error(described.fault.text);
  const { site } = described.value as { site: { lanes: { id: string }[] } };
  const input = { lane: site.lanes[0]?.id, action: 'hold', reason };
  const codes = [];
  for (const who of WATCHERS) {
    const { client, close } = screenOf(who);
    await linked(client);
    codes.push(await codeOf(client.command('gate.command', input)));
    close();
  }
  expect(codes).toEqual(['role', 'ok']);
});
