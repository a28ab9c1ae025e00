import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import type { Check, Scene } from './invariant.ts';

/** What each decision says it relied on, held against what stood in the journal before it. */
export class ReliedCheck implements Check {
  readonly #scene: Scene;
  readonly #versions = new Map<string, number>();
  readonly #places = new Map<string, string>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  event(event: JournalEvent): void {
    switch (event.kind) {
      case 'dataset.in-force':
        this.#versions.set(event.data.dataset, event.data.version);
        return;
      case 'crossing.passed':
      case 'crossing.recorded':
        if (event.data.person !== null && event.data.movesPresence) {
          this.#places.set(event.data.person, event.data.to);
        }
        return;
      case 'crossing.unknown': {
        const { person, from } = event.data;
        if (person !== null && !this.#places.has(person)) this.#places.set(person, from);
        return;
      }
      case 'presence.set':
        this.#places.set(event.data.person, event.data.place);
        return;
      case 'crossing.admitted':
      case 'crossing.refused':
      case 'crossing.referred':
        this.#decided(event);
        return;
      default:
    }
  }

  #decided(event: Extract<JournalEvent, { data: { relied: unknown } }>): void {
    const { person, relied } = event.data;
    for (const [name, version] of Object.entries(relied.datasets)) {
      const inForce = this.#versions.get(name) ?? 0;
      if (version === inForce) continue;
      const text = `${event.seq}: decided by ${name} ${version}, while ${inForce} is in force`;
      this.#scene.report('relied', text);
    }
    // A person who decides on a referral sees where somebody was when they were referred.
    if (person === null || event.data.exception !== null) return;
    const place = this.#places.get(person) ?? null;
    if (relied.place === place) return;
    const text = `${event.seq}: ${person} decided as at ${relied.place}, while at ${place}`;
    this.#scene.report('relied', text);
  }
}
