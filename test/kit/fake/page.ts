import { mountConsole } from '../../../src/renderer/app/mount.tsx';
import { ROLES } from '../../../src/shared/domain/role.ts';
import { FakeClient } from './client.ts';

/**
 * The console over a fake engine, for looking at screens: `?role=supervisor` is signed in at once,
 * `?lanes=120` sets the number of lanes, `?virtual` gives it an area without gates. Never part of
 * the product.
 */
const asked = new URLSearchParams(location.search);
const client = new FakeClient({
  lanes: Number(asked.get('lanes') ?? 24),
  role: ROLES.find((role) => role === asked.get('role')),
  nowMs: Date.parse('2026-11-22T14:32:07+08:00'),
  virtual: asked.has('virtual'),
  stepMs: 1_000,
});
Object.assign(globalThis, { fakeClient: client });
mountConsole(client);
