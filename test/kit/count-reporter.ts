import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

interface SuiteCount {
  passed: number;
  failed: number;
  skipped: { name: string; why: string }[];
}

/** A pass at the second try is a pass, and a thing to look into. */
function tellRetried(name: string): void {
  process.stdout.write(`passed only at the second try: ${name}\n`);
}

/** A module that failed before its tests could be collected has errors and no test to show it. */
function countModule(module: TestModule, count: SuiteCount): void {
  let failed = 0;
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === 'passed') {
      count.passed += 1;
      if ((test.diagnostic()?.retryCount ?? 0) > 0) tellRetried(test.fullName);
    } else if (result.state === 'failed') failed += 1;
    else {
      const why = 'note' in result && result.note ? result.note : '';
      count.skipped.push({ name: test.fullName, why });
    }
  }
  count.failed += failed === 0 && module.state() === 'failed' ? 1 : failed;
}

/**
 * Writes how many tests each project passed, failed and skipped, with the reason of each skip, as
 * `{ suites: { [project]: SuiteCount }, errors }`, for the runner that adds up all suites.
 */
export class CountReporter implements Reporter {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const suites: Record<string, SuiteCount> = {};
    for (const module of modules) {
      suites[module.project.name] ??= { passed: 0, failed: 0, skipped: [] };
      const count = suites[module.project.name];
      if (count) countModule(module, count);
    }
    writeFileSync(this.#path, JSON.stringify({ suites, errors: errors.length }));
  }
}
