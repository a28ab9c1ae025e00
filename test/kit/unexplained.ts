/**
 * Of each area, how many an open gate or a head count moved whom no name stands for yet. A
 * correction that moves somebody the same way names one of them: the count had moved already.
 */
export class Unexplained {
  readonly #open = new Map<string, number>();

  moved(from: string, to: string): void {
    this.#add(from, -1);
    this.#add(to, 1);
  }

  counted(area: string, counted: number, named: number): void {
    this.#open.set(area, counted - named);
  }

  /** True where a correction by one at this place names somebody who is counted already. */
  explains(place: string, by: 1 | -1): boolean {
    const open = this.#open.get(place) ?? 0;
    if (by * open <= 0) return false;
    this.#add(place, by === 1 ? -1 : 1);
    return true;
  }

  #add(place: string, by: 1 | -1): void {
    if (!place.startsWith('beyond-')) this.#open.set(place, (this.#open.get(place) ?? 0) + by);
  }
}
