import type { Locator } from '@playwright/test';
import jsQr from 'jsqr';
import { must } from '../../../src/shared/lib/assert.ts';

/** What a scanner held before an element reads; null where it finds no code. */
export async function scan(element: Locator): Promise<string | null> {
  const page = element.page();
  // A window behind another draws nothing that could be looked at.
  await page.bringToFront();
  const clip = must(await element.boundingBox(), 'a place on the page');
  const png = (await page.screenshot({ clip })).toString('base64');
  const { width, height, rgba } = await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas to look at pixels with');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return { width: image.width, height: image.height, rgba: [...data] };
  }, png);
  return jsQr(Uint8ClampedArray.from(rgba), width, height)?.data ?? null;
}
