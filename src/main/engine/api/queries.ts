import { hash } from 'node:crypto';
import type { QueryInput, QueryName } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { ruleWords } from '../../../shared/regime/rule-words.ts';
import { allowanceLeft } from './allowance.ts';
import type { ApiDeps } from './api-deps.ts';
import { correctionList } from './correction-list.ts';
import { badRowsFile, exportDataset, previewDataset } from './datasets.ts';
import { dayReturnList } from './day-return.ts';
import { findPersons } from './find-person.ts';
import { goodsHandlers } from './goods-handlers.ts';
import { jointRecordCrossing, jointRecordLane } from './joint-record.ts';
import { musterFile } from './muster-file.ts';
import { note } from './note.ts';
import { paperForms } from './paper.ts';
import { personTimeline } from './person-timeline.ts';
import { presenceEvidence, presenceFile } from './presence.ts';
import { presenceMonth, presenceMonthFile } from './presence-month.ts';
import { readVersion, regimeVersions, whatIfRegime } from './regime.ts';
import { retentionNow } from './retention.ts';
import { badSalesFile, exportSales, previewSales } from './sales.ts';
import { suspensionList } from './suspension-list.ts';
import { listUsers, userNames } from './users.ts';
import { virtualOverview } from './virtual-areas.ts';

type Handler = (deps: ApiDeps, input: never, caller: Caller) => Promise<Result<unknown>>;

/** One handler a query; a query only reads, but showing personal data is journalled first. */
const handlers: { readonly [N in QueryName]: Handler } = {
  'session.current': currentSession,
  'site.describe': describeSite,
  'crossings.search': (deps, input: QueryInput<'crossings.search'>, caller) =>
    deps.reading.crossings(input, caller.session?.role ?? 'operator'),
  'person.find': findPersons,
  'presence.evidence': presenceEvidence,
  'presence.csv': presenceFile,
  'presence.month': presenceMonth,
  'presence.month-csv': presenceMonthFile,
  'day-return.list': (deps, input: QueryInput<'day-return.list'>) =>
    Promise.resolve(dayReturnList(deps, input)),
  'suspension.list': (deps) => Promise.resolve(suspensionList(deps)),
  'correction.list': (deps, input: QueryInput<'correction.list'>) =>
    Promise.resolve(correctionList(deps, input)),
  'person.timeline': personTimeline,
  'joint-record.lane': (deps, input: QueryInput<'joint-record.lane'>, caller) =>
    Promise.resolve(jointRecordLane(deps, input, caller)),
  'joint-record.crossing': (deps, input: QueryInput<'joint-record.crossing'>, caller) =>
    Promise.resolve(ok(jointRecordCrossing(deps, input, caller))),
  'incidents.search': (deps, input: QueryInput<'incidents.search'>) =>
    deps.reading.incidents(input),
  'retention.now': (deps) => Promise.resolve(retentionNow(deps)),
  'dataset.preview': previewDataset,
  'dataset.bad-rows': badRowsFile,
  'dataset.export': exportDataset,
  'sales.preview': previewSales,
  'sales.bad-rows': badSalesFile,
  'sales.export': exportSales,
  'paper.forms': (deps) => Promise.resolve(paperForms(deps)),
  ...goodsHandlers,
  'report.days': async (deps) => ok({ days: await deps.reading.days() }),
  'report.daily': (deps, input: QueryInput<'report.daily'>) => deps.reading.daily(input.day),
  'report.csv': exportReport,
  'allowance.left': (deps, input: QueryInput<'allowance.left'>) =>
    Promise.resolve(ok(allowanceLeft(deps, input))),
  'virtual.overview': (deps) => Promise.resolve(ok(virtualOverview(deps))),
  'muster.csv': musterFile,
  'regime.versions': (deps, _input: object, caller) =>
    Promise.resolve(regimeVersions(deps, caller)),
  'regime.what-if': whatIfRegime,
  'regime.read': (deps, input: QueryInput<'regime.read'>) =>
    Promise.resolve(readVersion(deps, input)),
  'user.names': (deps, input: QueryInput<'user.names'>) =>
    Promise.resolve(ok(userNames(deps, input))),
  'user.list': (deps) => Promise.resolve(listUsers(deps)),
};

export function runQuery(
  deps: ApiDeps,
  name: string,
  input: unknown,
  caller: Caller,
): Promise<Result<unknown>> {
  if (!Object.hasOwn(handlers, name)) {
    return Promise.resolve(fail('unknown-operation', `there is no query ${name}`));
  }
  return handlers[name as QueryName](deps, input as never, caller);
}

async function currentSession(
  deps: ApiDeps,
  _input: object,
  caller: Caller,
): Promise<Result<unknown>> {
  const { site } = deps.site;
  return ok({
    session: caller.session,
    site: { name: site.name, training: site.training !== false },
    trainingUsers: [...deps.access.trainingUsers()],
  });
}

async function describeSite(deps: ApiDeps): Promise<Result<unknown>> {
  const { centre: _centre, datasets: _datasets, ...site } = deps.site.site;
  const regime = deps.regimes.at(deps.clock.wallMs());
  const { id, version, title } = regime;
  return ok({ site, regime: { id, version, title, rules: ruleWords(regime) } });
}

/** An export leaves the console: who took which bytes is durable before they are handed out. */
async function exportReport(
  deps: ApiDeps,
  input: QueryInput<'report.csv'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const made = await deps.reading.csv(input.day, input.language);
  if (!made.ok) return made;
  const { text } = made.value;
  const sha256 = hash('sha256', text);
  const bytes = Buffer.byteLength(text);
  const data = { report: 'daily', day: input.day, format: 'csv', bytes, sha256 };
  const kept = await note(deps, caller, { kind: 'report.exported', data });
  return kept.ok ? ok({ ...made.value, sha256 }) : kept;
}
