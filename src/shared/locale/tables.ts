import { actions } from './actions.ts';
import { allowance } from './allowance.ts';
import { app } from './app.ts';
import { crossings } from './crossings.ts';
import { devices } from './devices.ts';
import { domain } from './domain.ts';
import { exceptions } from './exceptions.ts';
import { faults } from './faults.ts';
import { goods } from './goods.ts';
import { goodsCheck } from './goods-check.ts';
import { imports } from './imports.ts';
import { incidents } from './incidents.ts';
import { joint } from './joint.ts';
import { lanes } from './lanes.ts';
import { ledger } from './ledger.ts';
import { lockdown } from './lockdown.ts';
import { map } from './map.ts';
import { muster } from './muster.ts';
import { paper } from './paper.ts';
import { people } from './people.ts';
import { presence } from './presence.ts';
import { presenceMonth } from './presence-month.ts';
import { regime } from './regime-screen.ts';
import { reports } from './reports.ts';
import { sayings } from './sayings.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { virtual } from './virtual.ts';
import { watch } from './watch.ts';

/** Every word of the console, by area. A key on a screen is `area.word`. */
export const tables = {
  actions,
  allowance,
  app,
  crossings,
  devices,
  domain,
  exceptions,
  faults,
  goods,
  goodsCheck,
  imports,
  incidents,
  joint,
  lanes,
  lockdown,
  ledger,
  map,
  muster,
  paper,
  people,
  presence,
  presenceMonth,
  regime,
  reports,
  sayings,
  settings,
  shell,
  'sign-in': signIn,
  virtual,
  watch,
} as const;

type Tables = typeof tables;
type Plain<K extends string> = K extends `${infer Word}_${'one' | 'other'}` ? Word : K;

/** Every key that `t` takes; the forms by number are asked for by the word alone. */
export type WordKey = {
  [A in keyof Tables & string]: `${A}.${Plain<keyof Tables[A] & string>}`;
}[keyof Tables & string];
