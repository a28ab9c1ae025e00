import { useMemo } from 'react';
import { assertNever } from '../../../shared/lib/assert.ts';
import { useActions } from '../../actions/actions.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { useMay } from '../../actions/may.ts';
import { useRoute } from '../../actions/route.ts';
import { Choices } from '../../ui/choices.tsx';
import { useWords } from '../../words/words.ts';
import { AuditsTab } from './audits-tab.tsx';
import { ConsignmentsTab } from './consignments-tab.tsx';
import { CustodyTab } from './custody-tab.tsx';
import { DeferralsTab } from './deferrals-tab.tsx';
import { EnterprisesTab } from './enterprises-tab.tsx';
import './goods.css';
import { showTab, TABS, type Tab, tabOf } from './tab.ts';
import { VehiclesTab } from './vehicles-tab.tsx';

/** Each tab, and the report of a lock, by the palette and the keys. */
function useGoodsCommands(): void {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const mayReport = may('lock.report');
  const commands = useMemo<readonly ConsoleCommand[]>(() => {
    const tabs = TABS.map((tab) => ({
      id: `goods-${tab}`,
      title: t('goods.show-tab', { tab: t(`goods.tab-${tab}`) }),
      group: 'actions' as const,
      also: tab,
      run: () => showTab(tab),
    }));
    const report: ConsoleCommand = {
      id: 'goods-lock',
      title: t('goods.lock-title'),
      group: 'actions',
      keys: 'k',
      run: () => ask({ act: 'lock', vehicle: null, onDone: () => {} }),
    };
    return mayReport ? [...tabs, report] : tabs;
  }, [t, ask, mayReport]);
  useCommands(commands);
}

function Shown({ tab }: { readonly tab: Tab }) {
  switch (tab) {
    case 'enterprises':
      return <EnterprisesTab />;
    case 'consignments':
      return <ConsignmentsTab />;
    case 'custody':
      return <CustodyTab />;
    case 'deferrals':
      return <DeferralsTab />;
    case 'audits':
      return <AuditsTab />;
    case 'vehicles':
      return <VehiclesTab />;
    default:
      return assertNever(tab, 'tab');
  }
}

/** Enterprises and what they have in the zone; goods, what must be followed, and their vehicles. */
export function GoodsScreen() {
  const { t } = useWords();
  const tab = tabOf(useRoute());
  useGoodsCommands();
  return (
    <div className="goods">
      <div className="goods-tabs">
        <Choices
          label={t('goods.tabs')}
          value={tab}
          choices={TABS.map((value) => ({ value, text: t(`goods.tab-${value}`) }))}
          onChange={(next) => showTab(next)}
        />
      </div>
      <div className="goods-shown">
        <Shown key={tab} tab={tab} />
      </div>
    </div>
  );
}
