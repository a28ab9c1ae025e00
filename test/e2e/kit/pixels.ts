import type { Locator } from '@playwright/test';

export interface Picture {
  /** Different colours, of 5 bits a channel. */
  readonly colours: number;
  /** The share of the commonest colour, 0 to 1. */
  readonly commonest: number;
  /** How many pixels are about the colour that was asked for. */
  readonly like: number;
}

/** What a person would see of an element: looks at its pixels as they are on the screen. */
export async function pixelsOf(element: Locator, colour: string): Promise<Picture> {
  const png = (await element.screenshot({ timeout: 90_000 })).toString('base64');
  return element.page().evaluate(
    async ([text, hex]) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas to look at pixels with');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const wanted = Number.parseInt(hex.slice(1), 16);
      const [red, green, blue] = [wanted >> 16, (wanted >> 8) & 255, wanted & 255];
      const counts = new Map<number, number>();
      let like = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
        const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
        counts.set(key, (counts.get(key) ?? 0) + 1);
        if (Math.abs(r - red) < 12 && Math.abs(g - green) < 12 && Math.abs(b - blue) < 12) {
          like += 1;
        }
      }
      const commonest = Math.max(...counts.values()) / (data.length / 4);
      return { colours: counts.size, commonest, like };
    },
    [png, colour] as const,
  );
}
