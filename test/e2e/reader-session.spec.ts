import { expect, type Page, test } from '@playwright/test';
import type { MusterNow } from '../../src/shared/contract/views.ts';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { LANGUAGES, type Language } from '../../src/shared/domain/text.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { badgeOf } from '../../src/shared/wire/badges.ts';
import { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';
import { callerOf } from '../kit/caller.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { nearConsole } from './kit/near-console.ts';
import { savePicture, writeBook } from './kit/picture-book.ts';
import { word } from './kit/words.ts';

/** A session on pictures: a USB reader plugged in, read, pulled out, plugged in again; a muster. */
const READER = 'muster-east';
const PATH = '/dev/hidraw2';
const SERIAL = 'RFID-40117';
const PEOPLE = 26;
/** Whoever holds one of these is seen at the muster point: the last is on no list. */
const COME = [3, 8, 11, 14, 17, 20, 26] as const;
const FOUND_MS = 2_000;

const text = (hk: string, cn: string, en: string) => ({ 'zh-HK': hk, 'zh-CN': cn, en });

function named(site: Site): Site {
  const [area] = site.areas;
  return {
    ...site,
    name: text('河套演習區', '河套演习区', 'Loop exercise zone'),
    areas: [{ ...must(area, 'area'), name: text('河套', '河套', 'The Loop') }],
    checkpoints: site.checkpoints.map((one, i) => {
      const name =
        i === 0 ? text('西橋', '西桥', 'West Bridge') : text('南閘', '南闸', 'South Gate');
      return { ...one, name };
    }),
  };
}

async function startScene() {
  const hid = new FakeHid();
  const holders = Array.from({ length: PEOPLE }, (_, i) => ({ n: i + 1 }));
  const readers = [{ id: READER, driver: 'pcprox', use: 'muster' }];
  const zone = await startSmallZone(holders, { hid, site: { readers }, change: named });
  const tell = (name: string, input: object) =>
    zone.engine.backend.command(name, input, callerOf('supervisor'));
  return { hid, zone, tell };
}

type Say = (at: { readonly page: Page; readonly language: Language }) => Promise<void>;

test('plug, read, unplug, replug, each shown within two seconds; and a muster', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { hid, tell, zone } = await startScene();
  const near = await nearConsole(browser, zone, 'supervisor');
  const desks: { page: Page; language: Language }[] = [];
  for (const language of LANGUAGES) {
    const page = await near.open(language, `devices?device=${READER}`);
    await expect(page.getByRole('row').filter({ hasText: READER })).toBeVisible();
    desks.push({ page, language });
  }
  const panel = (at: (typeof desks)[number]) =>
    at.page.getByRole('complementary', { name: word('devices.detail', {}, at.language) });
  const told = (key: string) => (at: (typeof desks)[number]) =>
    expect(panel(at)).toContainText(word(key, {}, at.language), { timeout: FOUND_MS });
  const take = async (name: string, wanted: Say) => {
    for (const at of desks) {
      await wanted(at);
      await savePicture(at.page, `${name}.${at.language}`);
    }
  };
  const device = new PcproxDevice();
  const badge = (n: number) => must(badgeOf(h10301(1, n)), 'badge');

  hid.plug(PATH, SERIAL, device);
  await take('reader-1-plugged', told('domain.age-fresh'));
  device.hold(badge(3));
  await take('reader-2-read', async (at) => {
    await expect(panel(at)).not.toContainText(word('app.never', {}, at.language));
  });
  device.lift();
  hid.unplug(PATH);
  await take('reader-3-unplugged', told('domain.age-offline'));
  hid.plug('/dev/hidraw5', SERIAL, device);
  await take('reader-4-replugged', told('domain.age-fresh'));

  for (let n = 1; n < PEOPLE; n += 1) {
    await tell('presence.set', { person: `P-${n}`, place: 'loop', reason: 'counted' });
  }
  await tell('zone.evacuate', { area: null, reason: 'drill' });
  for (const [i, n] of COME.entries()) {
    device.hold(badge(n));
    await viewUntil<MusterNow>(zone.engine, 'muster', (rows) => {
      const now = rows.get('now');
      return (now?.marked ?? 0) + (now?.unlisted ?? 0) === i + 1;
    });
    device.lift();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  for (const { page } of desks) await page.evaluate(() => (location.hash = '#/muster?person=P-1'));
  await take('muster', async (at) => {
    const missing = word('muster.who', {}, at.language);
    await expect(at.page.getByRole('button', { name: missing })).toBeVisible();
  });
  writeBook();
  await near.close();
  await zone.close();
});
