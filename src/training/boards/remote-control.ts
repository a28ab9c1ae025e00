/**
 * Who decides. With PC control on, the host does, as long as it says something at least every 30 s
 * (uhppote-cli README); silent longer, the board decides from its stored cards; any later message
 * gives the decision back.
 */
export class RemoteControl {
  readonly #monoMs: () => number;
  readonly #silenceMs: number;
  #on = false;
  #lastMessageMonoMs = Number.NEGATIVE_INFINITY;

  constructor(monoMs: () => number, silenceMs: number) {
    this.#monoMs = monoMs;
    this.#silenceMs = silenceMs;
  }

  onMessage(): void {
    this.#lastMessageMonoMs = this.#monoMs();
  }

  set(on: boolean): void {
    this.#on = on;
  }

  /** True while the host decides. */
  hostDecides(): boolean {
    return this.#on && this.#monoMs() - this.#lastMessageMonoMs < this.#silenceMs;
  }
}
