import type { ComponentType } from 'react';
import type { Role } from '../../shared/domain/role.ts';
import type { Screen } from '../actions/route.ts';
import { CrossingsScreen } from '../features/crossings/crossings-screen.tsx';
import { DevicesScreen } from '../features/devices/devices-screen.tsx';
import { ExceptionsScreen } from '../features/exceptions/exceptions-screen.tsx';
import { GoodsScreen } from '../features/goods/goods-screen.tsx';
import { IncidentsScreen } from '../features/incidents/incidents-screen.tsx';
import { LanesScreen } from '../features/lanes/lanes-screen.tsx';
import { MusterScreen } from '../features/muster/muster-screen.tsx';
import { PeopleScreen } from '../features/people/people-screen.tsx';
import { RegimeScreen } from '../features/regime/regime-screen.tsx';
import { ReportsScreen } from '../features/reports/reports-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { WatchScreen } from '../features/watch/watch-screen.tsx';

export interface ScreenRow {
  readonly screen: Screen;
  readonly roles: readonly Role[];
  readonly show: ComponentType;
  /** Paths of a 24 × 24 line drawing. */
  readonly icon: readonly string[];
}

const everyone: readonly Role[] = ['operator', 'supervisor', 'inspector', 'administrator'];

/** The screens that stand, in the order of the rail. */
export const screenRows: readonly ScreenRow[] = [
  {
    screen: 'watch',
    roles: everyone,
    show: WatchScreen,
    icon: ['M3 6l6-3 6 3 6-3v15l-6 3-6-3-6 3z', 'M9 3v15', 'M15 6v15'],
  },
  {
    screen: 'lanes',
    roles: everyone,
    show: LanesScreen,
    icon: ['M4 21V4h6v17', 'M14 21V4h6v17', 'M4 12h6', 'M14 12h6'],
  },
  {
    screen: 'exceptions',
    roles: ['operator', 'supervisor'],
    show: ExceptionsScreen,
    icon: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 7v5', 'M12 12l3.5 2'],
  },
  {
    screen: 'incidents',
    roles: everyone,
    show: IncidentsScreen,
    icon: ['M12 3l10 18H2z', 'M12 10v5', 'M12 18v.5'],
  },
  {
    screen: 'crossings',
    roles: everyone,
    show: CrossingsScreen,
    icon: ['M4 6h16', 'M4 12h16', 'M4 18h10'],
  },
  {
    screen: 'people',
    roles: ['operator', 'supervisor', 'inspector'],
    show: PeopleScreen,
    icon: ['M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M4 21c1-5 4-7 8-7s7 2 8 7'],
  },
  {
    screen: 'goods',
    roles: ['operator', 'supervisor', 'inspector'],
    show: GoodsScreen,
    icon: ['M3 6h11v10H3z', 'M14 10h4l3 3v3h-7z', 'M7 16v3', 'M17 16v3'],
  },
  {
    screen: 'devices',
    roles: everyone,
    show: DevicesScreen,
    icon: ['M4 5h16v11H4z', 'M9 20h6', 'M12 16v4'],
  },
  {
    screen: 'reports',
    roles: ['supervisor', 'inspector', 'administrator'],
    show: ReportsScreen,
    icon: ['M6 3h9l4 4v14H6z', 'M9 12h7', 'M9 16h7'],
  },
  {
    screen: 'muster',
    roles: ['operator', 'supervisor'],
    show: MusterScreen,
    icon: ['M4 5h10', 'M4 11h10', 'M4 17h6', 'M14 17l3 3 5-6'],
  },
  {
    screen: 'regime',
    roles: everyone,
    show: RegimeScreen,
    icon: ['M12 3v18', 'M5 21h14', 'M4 7h16', 'M4 7l-2 6h5z', 'M20 7l-3 6h5z'],
  },
  {
    screen: 'settings',
    roles: everyone,
    show: SettingsScreen,
    icon: [
      'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
      'M12 2v4',
      'M12 18v4',
      'M2 12h4',
      'M18 12h4',
      'M5 5l2.8 2.8',
      'M16.2 16.2L19 19',
      'M19 5l-2.8 2.8',
      'M7.8 16.2L5 19',
    ],
  },
];

/** The keys of the upper row, from the left: digits, and what stands after them. */
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '='] as const;

/** The key that shows a screen of the rail: the tenth has 0, those after it the next keys. */
export function digitOf(index: number): string | undefined {
  return KEYS[index];
}
