import regime from '../../../resources/regimes/cma-buffer-zone.json' with { type: 'json' };
import { CallError } from '../../../src/shared/contract/client.ts';
import type { CommandInput, CommandName, Session } from '../../../src/shared/contract/commands.ts';
import type { QueryInput, QueryName } from '../../../src/shared/contract/queries.ts';
import type { CommandStage, GateAction } from '../../../src/shared/domain/gate.ts';
import type { LaneId } from '../../../src/shared/domain/ids.ts';
import { ROLES, type Role } from '../../../src/shared/domain/role.ts';
import type { Site } from '../../../src/shared/domain/site.ts';
import {
  fakeCrossings,
  fakeDays,
  fakeIncidents,
  fakeNames,
  fakePerson,
  fakeReport,
  fakeRetention,
  fakeUsers,
  matches,
} from './answers.ts';
import { answerGoods } from './goods.ts';
import { fakeImports } from './imports.ts';
import type { FakeJoint } from './joint.ts';
import { answerLedger } from './ledger.ts';
import type { FakeLife } from './life.ts';
import { fakeChanged, fakeConfirmed, fakeProposal } from './lockdown.ts';
import { fakeMonth, fakePresence } from './presence.ts';
import { askRegime, changeRegime, type FakeRegimes } from './regime.ts';
import { fakeVirtual } from './virtual.ts';
import { made } from './zone.ts';

export interface FakeState {
  readonly site: Site;
  readonly life: FakeLife;
  readonly regimes: FakeRegimes;
  readonly joint: FakeJoint;
  session: Session | null;
}

const PROJECT = { 'zh-HK': '本項目自訂', 'zh-CN': '本项目自定', en: 'project’s choice' };
const SECRET = 'training-secret';
const PAUSE_MS = 120;

export function sessionOf(role: Role): Session {
  return {
    user: `U-${role}` as Session['user'],
    name: role,
    role,
    workstation: 'ws-1',
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The stages of a gate command, one after another; lane 3 of the site fails. */
async function runGateCommand(state: FakeState, id: LaneId, action: GateAction): Promise<string> {
  const command = made('G', state.life.seq);
  const fails = state.site.lanes[2]?.id === id;
  const show = (stage: CommandStage, text: string | null = null) => {
    const lane = state.life.lane(id);
    if (!lane) return;
    const atMs = state.life.nowMs;
    const shown = { ...lane, command: { id: command, action, stage, atMs, text } };
    const modes = { lock: 'locked', hold: 'held', control: 'controlled' } as const;
    if (stage === 'confirmed' && action in modes) shown.mode = modes[action as keyof typeof modes];
    state.life.set('lanes', id, shown);
  };
  show('requested');
  void (async () => {
    await pause(500);
    show('sent');
    await pause(600);
    if (fails) return show('failed', 'The board did not answer within 3 s.');
    show('accepted');
    await pause(900);
    show('confirmed');
  })();
  return command;
}

export async function answerCommand(
  state: FakeState,
  name: CommandName,
  input: unknown,
): Promise<unknown> {
  await pause(PAUSE_MS);
  if (name.startsWith('regime.')) return changeRegime(state.regimes, name, input, state.session);
  const given = input as Record<string, string>;
  const done = { seq: state.life.seq };
  switch (name) {
    case 'session.sign-in': {
      const role = ROLES.find((one) => one === given.name);
      if (!role || given.secret !== SECRET) {
        throw new CallError({ code: 'bad-sign-in', text: 'Name or password is wrong.' });
      }
      state.session = sessionOf(role);
      return state.session;
    }
    case 'session.sign-out':
      state.session = null;
      return {};
    case 'gate.command':
      return {
        command: await runGateCommand(state, given.lane as LaneId, given.action as GateAction),
      };
    case 'exception.admit':
    case 'exception.refuse':
      state.life.set('queue', String(given.exception), null);
      return done;
    case 'incident.acknowledge': {
      const row = state.life.queueRow(String(given.incident));
      if (row?.type === 'incident') {
        state.life.set('queue', row.id, { ...row, state: 'acknowledged' });
      }
      return done;
    }
    case 'incident.resolve':
      state.life.set('queue', String(given.incident), null);
      return done;
    case 'incident.raise':
      return { incident: made('I', state.life.seq) };
    case 'lockdown.propose': {
      const asked = input as CommandInput<'lockdown.propose'>;
      return fakeProposal(state.life, asked, state.session?.user ?? '');
    }
    case 'lockdown.confirm':
      fakeConfirmed(state.life, input as CommandInput<'lockdown.confirm'>, 'U-another');
      return done;
    case 'lockdown.end':
      fakeChanged(state.life, 'end', state.session?.user ?? '');
      return done;
    case 'lockdown.withdraw':
      fakeChanged(state.life, 'withdraw', state.session?.user ?? '');
      return done;
    case 'person.erase':
      return { erasure: made('R', state.life.seq) };
    case 'joint.give':
      state.joint.give(input as CommandInput<'joint.give'>, state.session);
      return done;
    case 'correction.ask':
      return { correction: made('C', state.life.seq) };
    case 'user.add':
      return { user: 'U-9' };
    default:
      return fakeImports(name, state.life.nowMs) ?? done;
  }
}

export async function answerQuery(
  state: FakeState,
  name: QueryName,
  input: QueryInput<QueryName>,
): Promise<unknown> {
  await pause(PAUSE_MS);
  const { site, life } = state;
  if (name.startsWith('regime.')) {
    return askRegime(state.regimes, name, input, fakeCrossings(site, life.nowMs, 900));
  }
  const known =
    answerGoods(site, life.nowMs, name, input) ?? answerLedger(site, life.nowMs, name, input);
  if (known !== null) return known;
  switch (name) {
    case 'session.current':
      return {
        session: state.session,
        site: { name: site.name, training: true },
        trainingUsers: ROLES.map((role) => ({ name: role, role, secret: SECRET })),
      };
    case 'site.describe': {
      const { centre: _centre, datasets: _datasets, ...rest } = site;
      const rules = regime.rules.map(({ id, text, cite }) => ({
        id,
        text,
        cite: typeof cite === 'string' ? PROJECT : cite.part,
      }));
      const { id, version, title } = regime;
      return { site: rest, regime: { id, version, title, rules } };
    }
    case 'crossings.search': {
      const { filter, after, limit } = input as QueryInput<'crossings.search'>;
      const all = fakeCrossings(site, life.nowMs, 900).filter((row) => matches(row, filter));
      const from = after ? all.findIndex((row) => row.crossing === after) + 1 : 0;
      const more = all.length > from + limit;
      return { rows: all.slice(from, from + limit), more, reached: null };
    }
    case 'joint-record.lane':
      return state.joint.ofLane(life.nowMs, state.session);
    case 'joint-record.crossing':
      return jointOf(state, (input as QueryInput<'joint-record.crossing'>).crossing);
    case 'person.find':
      return findPersons(state, input as QueryInput<'person.find'>);
    case 'presence.evidence':
      return fakePresence((input as QueryInput<'presence.evidence'>).person, life.nowMs);
    case 'presence.month':
      return fakeMonth(input as QueryInput<'presence.month'>, life.nowMs);
    case 'incidents.search':
      return { rows: fakeIncidents(site, life.nowMs), more: false };
    case 'virtual.overview':
      return fakeVirtual(life.nowMs);
    case 'user.names':
      return { names: fakeNames((input as QueryInput<'user.names'>).users) };
    case 'user.list':
      return { users: fakeUsers(), sides: { first: 'mainland', home: 'hong-kong' } };
    case 'retention.now':
      return fakeRetention(life.nowMs);
    case 'report.days':
      return { days: fakeDays(life.nowMs) };
    case 'report.daily':
      return fakeReport(site, (input as QueryInput<'report.daily'>).day, life.nowMs);
    case 'muster.csv':
    case 'presence.csv':
    case 'presence.month-csv':
    case 'report.csv':
      return { name, text: '\uFEFFday\r\n', sha256: '00' };
    default:
      return fakeImports(name, life.nowMs) ?? unknownQuery(name);
  }
}

function findPersons({ life, site }: FakeState, { by }: QueryInput<'person.find'>) {
  const crossings = fakeCrossings(site, life.nowMs, 40);
  if ('name' in by) {
    return { persons: [1, 2, 3].map((n) => fakePerson(site, life.nowMs, n, crossings)) };
  }
  if ('permit' in by && by.permit === 'none') return { persons: [] };
  return { persons: [fakePerson(site, life.nowMs, 1, crossings)] };
}

function jointOf({ joint, life, session }: FakeState, crossing: string) {
  const row = [...life.rows('queue').values()].find(
    (one) => 'crossing' in one && one.crossing === crossing,
  );
  return joint.of(
    crossing,
    session,
    row !== undefined && 'direction' in row && row.direction === 'out',
  );
}

function unknownQuery(name: string): never {
  throw new CallError({ code: 'unknown-operation', text: `no query ${name}` });
}
