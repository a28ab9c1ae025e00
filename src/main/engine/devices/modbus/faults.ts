/** What went wrong with a request, in words that say what to do. Pure. */
import type { Place, Table } from '../../../../shared/domain/modbus-modules.ts';
import type { Fault } from '../../../../shared/lib/result.ts';

const NAMES: Readonly<Record<Table, string>> = {
  coil: 'coil',
  discrete: 'discrete input',
  holding: 'holding register',
  input: 'input register',
};

/** `coil 260`, as the site file counts. */
export function placeText({ table, at }: Place): string {
  return `${NAMES[table]} ${at}`;
}

/** Source: Modbus application protocol 1.1b3, chapter 7. */
const EXCEPTIONS: ReadonlyMap<number, string> = new Map([
  [1, 'illegal function: the module knows no such request: correct its map in the site file'],
  [2, 'illegal data address: the module has no such point: correct its map in the site file'],
  [3, 'illegal data value: the module takes no such value: correct its map in the site file'],
  [4, 'device failure: see the module itself, its power and its error lamp'],
  [5, 'still at work: it is asked again'],
  [6, 'device busy: it is asked again; where it stays so, see who else asks the module'],
  [7, 'refused: see what the module allows its host'],
  [8, 'memory parity error: have the module replaced'],
  [10, 'gateway path unavailable: see the set-up of the gateway'],
  [11, 'gateway target silent: see the unit number and the wiring behind the gateway'],
]);

export function exceptionText(code: number, place: Place): string {
  const told = EXCEPTIONS.get(code) ?? 'not known here: see the manual of the module';
  return `exception ${code}: ${told} (${placeText(place)})`;
}

/** True where the request may have been carried out although nobody said so. */
export function isUncertain({ code }: Fault): boolean {
  return code === 'timeout' || code === 'garbled' || code === 'dropped';
}

/** A text and where it is of: in one bracket, which the page quotes as it is. */
export function textAt(text: string, where: string): string {
  return text.endsWith(')') ? `${text.slice(0, -1)}; ${where})` : `${text} (${where})`;
}

/** What modbus-serial threw, as a fault. */
export function faultOf(error: unknown, place: Place, unit: number): Fault {
  const { modbusCode, name, message } = (error ?? {}) as {
    readonly modbusCode?: unknown;
    readonly name?: unknown;
    readonly message?: unknown;
  };
  if (typeof modbusCode === 'number') {
    return { code: 'exception', text: exceptionText(modbusCode, place) };
  }
  if (name === 'TransactionTimedOutError') {
    const text = `connected, but unit ${unit} does not answer: see the unit number and the module`;
    return { code: 'timeout', text };
  }
  if (name === 'PortNotOpenError') return { code: 'dropped', text: 'the connection was lost' };
  const told = typeof message === 'string' ? message.slice(0, 100) : 'no words';
  return { code: 'garbled', text: `an answer that is none: see what listens there (${told})` };
}
