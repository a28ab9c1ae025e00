import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { emptyTally, firstLine, type Tally } from '../../scripts/suites/tally.mjs';

/** What went wrong, and where: the suite, the file, the test's full name, one line of the error. */
function told(module: TestModule, name: string, error: SerializedError | undefined): string {
  const where = `${module.project.name}: ${module.relativeModuleId}`;
  return `${where}: ${name}: ${firstLine(error?.message)}`;
}

/** A module that failed before its tests could be collected has errors and no test to show it. */
function countModule(module: TestModule, tally: Tally): void {
  const failedBefore = tally.failed;
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === 'passed') {
      tally.passed += 1;
      // A pass at the second try is a pass, and a thing to look into.
      if ((test.diagnostic()?.retryCount ?? 0) > 0) {
        tally.retried.push(told(module, test.fullName, result.errors?.[0]));
      }
    } else if (result.state === 'failed') {
      tally.failed += 1;
      tally.notes.push(told(module, test.fullName, result.errors[0]));
    } else {
      const why = 'note' in result && result.note ? result.note : '';
      tally.skipped.push({ name: test.fullName, why });
    }
  }
  if (tally.failed > failedBefore || module.state() !== 'failed') return;
  tally.failed += 1;
  tally.notes.push(told(module, 'outside of its tests', module.errors()[0]));
}

/**
 * Writes what each project came to, with the names of what failed, and the first line of each error
 * outside of all files, as `{ suites: { [project]: Tally }, errors }`, for the runner that adds up
 * all suites.
 */
export class CountReporter implements Reporter {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const suites: Record<string, Tally> = {};
    for (const module of modules) {
      const tally = suites[module.project.name] ?? emptyTally();
      suites[module.project.name] = tally;
      countModule(module, tally);
    }
    const outside = errors.map((error) => `vitest: ${firstLine(error.message)}`);
    writeFileSync(this.#path, JSON.stringify({ suites, errors: outside }));
  }
}
