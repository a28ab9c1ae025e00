import { fileURLToPath } from 'node:url';

/** Where the console's other programs and files lie, as absolute paths. */
export interface Programs {
  readonly engine: string;
  readonly host: string;
  readonly window: string;
  readonly training: string;
  readonly preload: string;
  /** The folder of the built page. */
  readonly page: string;
  /** The folder of the window's icons. */
  readonly icons: string;
}

/**
 * The programs beside this one: the bundles in out/main when this is a bundle, else the sources,
 * which Node runs as they are.
 */
export function ownPrograms(): Programs {
  const here = import.meta.url;
  const isSource = here.endsWith('.ts');
  const find = (built: string, source: string) => {
    return fileURLToPath(new URL(isSource ? source : built, here));
  };
  return {
    engine: find('./engine.js', '../engine-process.ts'),
    host: find('./host.js', '../host.ts'),
    window: find('./index.js', '../index.ts'),
    training: find('./training.js', '../../training/index.ts'),
    preload: find('../preload/index.cjs', '../../../out/preload/index.cjs'),
    page: find('../renderer', '../../../out/renderer'),
    icons: find('../../resources/icons', '../../../resources/icons'),
  };
}
