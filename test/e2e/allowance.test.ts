import { MINUTE_MS } from '../../src/shared/lib/hk-time.ts';
import type { Desk } from './kit/desk.ts';
import { forge } from './kit/link.ts';
import { minuteAhead, nextVersion } from './kit/next-version.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { expectWorded, inEachLanguage } from './kit/worded.ts';
import { Zone } from './kit/zone.ts';

/** A minute of the calendar comes in two seconds. */
const SPEED = 30;
test.use(MAPLESS);
const running = consoleOfFile({ speed: SPEED, trucks: 4 });
const LANE = 'lmc-road';
const PERSONS = 'second-hk-resident';
const GOODS = 'first-goods-registered-enterprise';
/** What is left is asked for every 15 s. */
const ASKED_MS = 60_000;

/** Two crossings a day of whoever lives in Hong Kong, and goods for 50,000 a month. */
const counting = nextVersion((file) => {
  const rules = file.rules.map((rule) => {
    if (rule.id !== PERSONS && rule.id !== GOODS) return rule;
    const asked = { is: 'within-allowance', else: 'refer' };
    return { ...rule, require: [...rule.require, asked], oblige: [...rule.oblige, 'allowance'] };
  });
  const settings = {
    ...file.settings,
    personAllowance: { every: 1, crossings: 2 },
    enterpriseAllowance: { every: 'month', valueCents: 5_000_000, currency: 'HKD' },
  };
  return { ...file, rules, settings };
});

/** Sends a command from somebody's page; resolves with its value. */
async function done({ page }: Desk, name: string, input: object): Promise<object> {
  const answer = await forge(page, 'command', name, input);
  expect(answer.t, JSON.stringify(answer)).toBe('ok');
  return (answer as unknown as { value: object }).value;
}

/** Two persons put the counting version in force. */
async function enact(one: Desk, two: Desk): Promise<void> {
  const reason = 'to try it';
  const draft = await done(one, 'regime.draft', { text: counting, reason });
  await running.now.order({ do: 'pause' });
  const fromMs = await minuteAhead(running.now, MINUTE_MS);
  const { draft: id } = draft as { draft: string };
  for (const each of [one, two]) await done(each, 'regime.enact', { draft: id, fromMs, reason });
  await running.now.order({ do: 'resume' });
}

test('what is left of an allowance, from nothing set to used up', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('hk-resident');
  const one = await desk('supervisor', { screen: 'people' });
  const two = await desk('administrator', { screen: 'settings' });
  const { page, word } = one;
  await page.getByRole('textbox', { name: word('people.search-text') }).fill(holder.permit);
  await page.getByRole('textbox', { name: word('people.purpose') }).fill('Asked at the gate');
  await page.getByRole('button', { name: word('app.search'), exact: true }).click();
  const person = page.getByRole('complementary', { name: word('people.detail') });
  await expect(person).toContainText(holder.permit);
  // The person's way in before it counts is none of it.
  expect(await zone.swipe(`${LANE}-in-1`, holder.credential)).toBe('passed');
  expect(await zone.swipe(`${LANE}-out-1`, holder.credential)).toBe('passed');
  const section = person.getByRole('region', { name: word('allowance.person') });
  await expect(section).toHaveCount(0);

  await enact(one, two);
  await expect(section).toBeVisible({ timeout: ASKED_MS });
  const told = (key: string) => section.locator('div').filter({ hasText: word(key) });
  await expect(told('allowance.used')).toContainText(word('allowance.crossings', { n: 0 }));
  expect(await zone.swipe(`${LANE}-in-1`, holder.credential)).toBe('passed');
  expect(await zone.swipe(`${LANE}-out-1`, holder.credential)).toBe('passed');
  const none = word('allowance.none', { left: word('allowance.crossings', { n: 0 }) });
  await expect(section.getByText(none)).toBeVisible({ timeout: ASKED_MS });
  expect(await zone.swipe(`${LANE}-in-1`, holder.credential, 0)).toBe('turned-away');
  await inEachLanguage(one, (language) => expectWorded(one, language));

  await one.show('goods');
  await page.locator('#content .tr').first().click();
  const goods = page.getByRole('region', { name: word('allowance.enterprise') });
  await expect(goods).toContainText('50,000.00');
  await inEachLanguage(one, (language) => expectWorded(one, language));
});
