import { test } from '@playwright/test';

/** Stands for all files where Electron itself cannot show a window, so that the run says why. */
test('the same specs in Electron itself', () => {
  test.skip(true, String(test.info().project.metadata.why));
});
