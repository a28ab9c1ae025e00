import { useWords } from '../../words/words.ts';

export function WallScreen() {
  const { t } = useWords();
  return <h1>{t('watch.title')}</h1>;
}
