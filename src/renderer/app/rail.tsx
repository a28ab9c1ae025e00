import { hrefOf, type Screen } from '../actions/route.ts';
import { useWords } from '../words/words.ts';
import { digitOf, type ScreenRow } from './screens.tsx';

/** The left rail: the screens that this role may use. */
export function Rail({
  screens,
  current,
}: {
  readonly screens: readonly ScreenRow[];
  readonly current: Screen;
}) {
  const { t } = useWords();
  return (
    <nav className="rail" aria-label={t('app.main-menu')}>
      {screens.map(({ screen, icon }, index) => (
        <a
          key={screen}
          href={hrefOf(screen)}
          className={`rail-item rail-${screen}`}
          aria-current={screen === current ? 'page' : undefined}
          title={titleOf(t(`app.nav-${screen}`), digitOf(index))}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true" className="rail-icon">
            {icon.map((path) => (
              <path key={path} d={path} />
            ))}
          </svg>
          {t(`app.nav-${screen}`)}
        </a>
      ))}
    </nav>
  );
}

function titleOf(name: string, digit: string | undefined): string {
  return digit === undefined ? name : `${name} (${digit})`;
}
