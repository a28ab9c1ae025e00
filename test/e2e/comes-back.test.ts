import { linkLost } from './kit/link.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

const running = consoleOfFile({ speed: 10 });
/** A browser itself says on its console that a connection was refused or broke. */
const REFUSED = /WebSocket connection to|Failed to load resource|net::ERR_/;

test('the engine killed: the page says so, comes back by itself, and misses nothing', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const one = await desk('operator');
  const { page, word } = one;
  // Lost, or already being sought again.
  const lost = one.alert(word('app.link-lost'));
  const contactLost = lost.or(one.alert(word('app.link-connecting')));
  const ticker = page.getByRole('region', { name: word('watch.ticker') });
  const first = zone.holder('hk-resident');
  await zone.swipe('lmc-road-in-1', first.credential);
  await expect(ticker).toContainText(first.permit);

  for (let round = 1; round <= 2; round += 1) {
    const pid = running.now.enginePid();
    expect(pid).not.toBeNull();
    const gone = linkLost(page, 120_000);
    const said = contactLost.first().waitFor({ timeout: 120_000 });
    process.kill(pid ?? 0, 'SIGKILL');
    await said;
    await gone;
    await expect(contactLost).toHaveCount(0, { timeout: 120_000 });
    await expect(page.getByRole('banner')).toContainText(word('domain.role-operator'));
    await expect(page.getByRole('banner')).toContainText(word('domain.age-fresh'));
    expect(running.now.enginePid()).not.toBe(pid);

    const { permit, credential } = zone.holder('hk-resident');
    await expect
      .poll(() => zone.swipe('lmc-road-in-1', credential), { timeout: 120_000 })
      .toBe('passed');
    await expect(ticker.getByRole('listitem').filter({ hasText: permit }).first()).toBeVisible();
    await expect(ticker).toContainText(first.permit);
  }
  for (const complaint of one.complaints()) expect(complaint).toMatch(REFUSED);
  one.forgetComplaints();
});
