import type { QueryInput } from '../../../shared/contract/queries.ts';
import type { ApiDeps } from './api-deps.ts';
import { goodsAudits, goodsOverview } from './goods.ts';
import { goodsConsignment, goodsConsignments } from './goods-consignments.ts';
import { goodsEnterprise, goodsEnterprises } from './goods-enterprises.ts';

/** One handler a query on goods: see `goods-queries.ts`. */
export const goodsHandlers = {
  'goods.overview': async (deps: ApiDeps) => goodsOverview(deps),
  'goods.enterprises': async (deps: ApiDeps, input: QueryInput<'goods.enterprises'>) =>
    goodsEnterprises(deps, input),
  'goods.enterprise': async (deps: ApiDeps, input: QueryInput<'goods.enterprise'>) =>
    goodsEnterprise(deps, input),
  'goods.consignments': async (deps: ApiDeps, input: QueryInput<'goods.consignments'>) =>
    goodsConsignments(deps, input),
  'goods.consignment': async (deps: ApiDeps, input: QueryInput<'goods.consignment'>) =>
    goodsConsignment(deps, input),
  'goods.audits': async (deps: ApiDeps, input: QueryInput<'goods.audits'>) =>
    goodsAudits(deps, input),
} as const;
