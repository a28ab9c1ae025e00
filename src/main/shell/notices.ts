import { Notification } from 'electron';

/** So many stay at once; an older one makes room. */
const MAX_NOTICES = 8;

/** Notices of the system, for a person who looks at another window. */
export class Notices {
  readonly #shown = new Map<string, Notification>();

  /** One of the same `about` takes the place of the one before. */
  show(title: string, body: string, onClick: () => void, about: string): void {
    if (!Notification.isSupported()) return;
    this.#close(about);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size >= MAX_NOTICES && oldest !== undefined) this.#close(oldest);
    // The page sounds the alarm: a second sound would hide what it is about.
    const notice = new Notification({ title, body, silent: true });
    notice.on('click', onClick);
    notice.on('close', () => {
      if (this.#shown.get(about) === notice) this.#shown.delete(about);
    });
    this.#shown.set(about, notice);
    notice.show();
  }

  #close(about: string): void {
    this.#shown.get(about)?.close();
    this.#shown.delete(about);
  }
}
