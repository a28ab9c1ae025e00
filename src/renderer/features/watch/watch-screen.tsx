import { useWords } from '../../app/words.ts';

export function WatchScreen() {
  const { t } = useWords();
  return <h1>{t('watch.title')}</h1>;
}
