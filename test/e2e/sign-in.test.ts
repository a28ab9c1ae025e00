import type { Screen } from '../../src/renderer/actions/route.ts';
import { ROLES, type Role } from '../../src/shared/domain/role.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';

consoleOfFile();

/** The screens that a role finds in its rail. */
const RAIL: Readonly<Record<Role, readonly Screen[]>> = {
  operator: [
    ...(['watch', 'lanes', 'exceptions', 'incidents', 'crossings', 'people'] as const),
    ...(['goods', 'devices', 'muster', 'regime', 'settings'] as const),
  ],
  supervisor: [
    ...(['watch', 'lanes', 'exceptions', 'incidents', 'crossings', 'people'] as const),
    ...(['goods', 'devices', 'reports', 'muster', 'regime', 'settings'] as const),
  ],
  inspector: [
    ...(['watch', 'lanes', 'incidents', 'crossings', 'people'] as const),
    ...(['goods', 'devices', 'reports', 'regime', 'settings'] as const),
  ],
  administrator: [
    ...(['watch', 'lanes', 'incidents', 'crossings'] as const),
    ...(['devices', 'reports', 'regime', 'settings'] as const),
  ],
};

test('training users are shown, and one click fills them in', async ({ desk }) => {
  const { page, word } = await desk(null, { screen: 'reports' });
  await expect(page.getByText(word('app.training-banner'))).toBeVisible();
  const users = page.getByRole('region', { name: word('sign-in.training-users') });
  await expect(users.getByRole('button')).toHaveCount(ROLES.length);
  await users.getByRole('button', { name: /inspector/ }).click();
  await expect(page.getByLabel(word('sign-in.name'))).toHaveValue('inspector');
  await page.getByRole('button', { name: word('sign-in.submit') }).click();
  await expect(page.getByRole('banner')).toContainText(word('domain.role-inspector'));
});

for (const role of ROLES) {
  test(`${role}: signs in, finds the role's own screens, stays over a reload, signs out`, async ({
    desk,
  }) => {
    const { page, word } = await desk(role, { screen: 'devices' });
    await expect(page.getByRole('banner')).toContainText(word(`domain.role-${role}`));
    const rail = page.getByRole('navigation', { name: word('app.main-menu') });
    await expect(rail.getByRole('link')).toHaveText(
      RAIL[role].map((screen) => word(`app.nav-${screen}`)),
    );
    await page.reload();
    await expect(page.getByRole('banner')).toContainText(word(`domain.role-${role}`));
    await page.getByRole('button', { name: word('app.sign-out') }).click();
    await expect(page.getByLabel(word('sign-in.secret'))).toBeVisible();
    await page.reload();
    await expect(page.getByLabel(word('sign-in.secret'))).toBeVisible();
  });
}

test('a wrong secret is refused without saying which was wrong, and emptied', async ({ desk }) => {
  const one = await desk(null, { screen: 'devices' });
  await one.signIn('operator', 'not-the-secret');
  await expect(one.alert(one.word('faults.sign-in-refused'))).toBeVisible();
  await expect(one.page.getByLabel(one.word('sign-in.secret'))).toHaveValue('');
  await one.signIn('nobody-of-this-name', 'not-the-secret');
  await expect(one.alert(one.word('faults.sign-in-refused'))).toBeVisible();
  await one.signIn('operator', 'operator-training');
  await expect(one.page.locator('#content')).toBeVisible();
});

test('five wrong secrets lock the user everywhere, and that workstation for all', async ({
  desk,
}) => {
  const one = await desk(null, { screen: 'devices' });
  const locked = one.word('faults.sign-in-locked', { n: 5 });
  for (let tries = 0; tries < 5; tries += 1) {
    await one.signIn('administrator', `wrong-${tries}`);
    await expect(one.page.getByLabel(one.word('sign-in.secret'))).toHaveValue('');
    await expect(one.alert(one.word('faults.sign-in-refused'))).toBeVisible();
  }
  await one.signIn('administrator', 'administrator-training');
  await expect(one.alert(locked)).toBeVisible();
  await one.signIn('operator', 'operator-training');
  await expect(one.alert(locked)).toBeVisible();

  const other = await desk(null, { screen: 'devices' });
  await other.signIn('administrator', 'administrator-training');
  await expect(other.alert(locked)).toBeVisible();
  await other.signIn('operator', 'operator-training');
  await expect(other.page.locator('#content')).toBeVisible();
});
