import { FileTrigger } from 'react-aria-components';
import { MOST_FILE_CHARACTERS } from '../../../shared/contract/import-operations.ts';
import { Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../../words/words.ts';

/** A file that a person chose, as its text. */
export interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

export function formatOf({ name }: ChosenFile): 'csv' | 'json' {
  return name.toLowerCase().endsWith('.json') ? 'json' : 'csv';
}

export function isTooLarge(file: ChosenFile | null): boolean {
  return file !== null && file.text.length > MOST_FILE_CHARACTERS;
}

/** Chooses a CSV or JSON file; one that is too large is told of. */
export function ChooseFile(props: {
  readonly file: ChosenFile | null;
  readonly onChoose: (file: ChosenFile) => void;
}) {
  const { t } = useWords();
  const { file, onChoose } = props;
  const take = async (files: FileList | null) => {
    const picked = files?.item(0);
    if (picked) onChoose({ name: picked.name, text: await picked.text() });
  };
  return (
    <>
      <FileTrigger acceptedFileTypes={['.csv', '.json']} onSelect={(files) => void take(files)}>
        <Button onPress={() => {}} label={`${t('settings.choose-file')} ${t('settings.file')}`}>
          {t('settings.choose-file')}
        </Button>
      </FileTrigger>
      <span className={file === null ? 'dim' : 'high'}>{file?.name ?? t('settings.no-file')}</span>
      {isTooLarge(file) && (
        <Marked tone="p3" line>
          {t('settings.too-large')}
        </Marked>
      )}
    </>
  );
}
