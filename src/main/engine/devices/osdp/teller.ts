/**
 * Tells the traveller what was decided, by what the device has: light, sound, words. Nothing of it
 * is repeated or waited for: a light that failed keeps no gate shut.
 */
import type { Capability } from '../../../../shared/wire/osdp/fields.ts';
import { functions } from '../../../../shared/wire/osdp/messages.ts';
import type { Told } from '../ports.ts';
import type { DeviceContext } from './context.ts';

interface Telling {
  readonly colour: number;
  /** The light blinks: on and off, tenths of a second. Off 0: it does not. */
  readonly onTenths: number;
  readonly offTenths: number;
  readonly beeps: number;
  readonly beepTenths: number;
  /** Displays take ASCII. */
  readonly words: string;
}

const GREEN = 2;
const RED = 1;
const AMBER = 3;

const tellings: Readonly<Record<Told, Telling>> = {
  admitted: { ...light(GREEN, 0), beeps: 1, beepTenths: 2, words: 'PLEASE GO' },
  refused: { ...light(RED, 0), beeps: 3, beepTenths: 1, words: 'NO ENTRY' },
  wait: { ...light(AMBER, 5), beeps: 2, beepTenths: 1, words: 'PLEASE WAIT' },
};

function light(colour: number, offTenths: number) {
  return { colour, onTenths: 5, offTenths };
}

/** Seconds that a telling lasts where nothing else says so. */
export const TOLD_S = 3;
const OWN_TONE = 2;
/** For a while, without going over to the next line. */
const TEXT_FOR_A_WHILE = 3;

export class Teller {
  readonly #context: DeviceContext;
  #can: readonly Capability[] = [];

  constructor(context: DeviceContext) {
    this.#context = context;
  }

  /** What the device said that it has. */
  knows(can: readonly Capability[]): void {
    this.#can = can;
  }

  tell(doorNumber: number, told: Told, forS = TOLD_S): void {
    const { link, setUp } = this.#context;
    const door = setUp.doors.find((one) => one.door === doorNumber);
    if (door === undefined || !link.isUp()) return;
    const { reader } = door;
    const telling = tellings[told];
    const { colour, onTenths, offTenths, beeps, beepTenths } = telling;
    if (this.#has(functions.leds)) {
      const permanent = { permanent: 0, permanentOnTenths: 0, permanentOffTenths: 0 };
      void link.ask({
        ...{ name: 'led', reader, led: 0, temporary: 2, onTenths, offTenths },
        ...{ onColour: colour, offColour: 0, tenths: forS * 10 },
        ...{ ...permanent, permanentOnColour: 0, permanentOffColour: 0 },
      });
    }
    if (this.#has(functions.audible)) {
      const times = { onTenths: beepTenths, offTenths: 1, count: beeps };
      void link.ask({ name: 'buz', reader, tone: OWN_TONE, ...times });
    }
    if (this.#has(functions.text)) {
      const text = Uint8Array.from(Buffer.from(telling.words, 'ascii'));
      const place = { row: 1, column: 1 };
      const how = { control: TEXT_FOR_A_WHILE, seconds: Math.min(forS, 255) };
      void link.ask({ name: 'text', reader, ...how, ...place, text });
    }
  }

  #has(wanted: number): boolean {
    return this.#can.some(({ capability, compliance }) => {
      return capability === wanted && compliance > 0;
    });
  }
}
