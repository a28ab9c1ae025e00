import { expect, test } from 'vitest';
import { ROLES } from '../../../src/shared/domain/role.ts';
import type { Reason } from '../../../src/shared/regime/requirement.ts';
import { decisionFor, reasonsFor } from '../../../src/shared/regime/withhold.ts';

const listed: Reason = { is: 'not-watchlisted', detail: 'listed', params: {} };
const full: Reason = { is: 'area-has-room', detail: 'full', params: { count: 60 } };
const withheld: Reason = { is: 'needs-supervisor', detail: 'withheld', params: {} };

test('a supervisor sees the watch-list, nobody else does', () => {
  for (const role of ROLES) {
    const shown = reasonsFor(role, [listed, full]);
    expect(shown).toEqual(role === 'supervisor' ? [listed, full] : [full, withheld]);
    expect(JSON.stringify(shown).includes('watch')).toBe(role === 'supervisor');
  }
});

test('without a watch-list the reasons stay as they are for everybody', () => {
  for (const role of ROLES) expect(reasonsFor(role, [full])).toEqual([full]);
});

test('with the reason the rule is withheld, whose words would tell it', () => {
  const row = { id: 'E1-7', rule: 'second-hk-resident', reasons: [listed] };
  for (const role of ROLES) {
    const shown = decisionFor(role, row);
    expect(shown.rule).toBe(role === 'supervisor' ? row.rule : null);
    expect(decisionFor(role, { ...row, reasons: [full] }).rule).toBe(row.rule);
  }
});
