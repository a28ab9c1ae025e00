/**
 * Begins a conversation with a device: who it is, what it can, the secure channel. In the open goes
 * what makes the channel and nothing else, unless the site file asks for no channel.
 */
import { randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { Capability } from '../../../../shared/wire/osdp/fields.ts';
import {
  type Command,
  functions,
  type Reply,
  type ReplyName,
} from '../../../../shared/wire/osdp/messages.ts';
import { type SecurityBlock, scs } from '../../../../shared/wire/osdp/packet.ts';
import {
  cryptogram,
  DEFAULT_KEY,
  firstMac,
  keyKinds,
  type Session,
  same,
  sessionKeys,
} from '../../../../shared/wire/osdp/secure-channel.ts';
import { nodeAes } from './aes.ts';
import type { DeviceContext } from './context.ts';
import { readKey } from './key-file.ts';

/** A device that is ready. */
export interface Ready {
  readonly version: string;
  readonly capabilities: readonly Capability[];
  /** What must be told loudly as long as it is so. */
  readonly warning: string | null;
}

const COMMISSIONING =
  'it is being commissioned: whoever is on its line can learn its key. Take "commissioning" out ' +
  'of the site file now';
const NO_KEY =
  'it does not have the key of the site file. Correct "keyFile"; or give it the key, with ' +
  '"commissioning": true in the site file for that one day and nobody else on its line';

/** Faults: `timeout`, `bad-key`, `refused`, `no-channel`, and those of the link. */
export async function setUpDevice(context: DeviceContext): Promise<Result<Ready>> {
  const { link, setUp } = context;
  link.breakOff();
  // One that is not there may not take the time of those that are.
  const identity = await ask(context, { name: 'id', kind: true }, 'pdid', undefined, 1);
  if (!identity.ok) return identity;
  const can = await ask(context, { name: 'cap', kind: true }, 'pdcap');
  if (!can.ok) return can;
  const version = [...identity.value.firmware].join('.');
  const { capabilities } = can.value;
  const ready = { version, capabilities, warning: null };
  if (setUp.channel.key === 'none') return ok(ready);
  const { commissioning = false, keyFile } = setUp.channel;
  const key = readKey(keyFile);
  if (!key.ok) return key;
  if (!capabilities.some(({ capability }) => capability === functions.security)) {
    return fail('no-channel', 'it knows no secure channel: it must be another device');
  }
  const warning = commissioning ? COMMISSIONING : null;
  const opened = await openChannel(context, key.value, keyKinds.own);
  if (opened.ok) return ok({ ...ready, warning });
  if (opened.fault.code !== 'refused') return opened;
  if (!commissioning) return fail('refused', NO_KEY);
  const given = await giveKey(context, key.value);
  return given.ok ? ok({ ...ready, warning }) : given;
}

/** Gives a device that has no key yet its own, within a channel under the key all devices know. */
async function giveKey(context: DeviceContext, key: Uint8Array): Promise<Result<void>> {
  const { link } = context;
  link.breakOff();
  const known = await openChannel(context, DEFAULT_KEY, keyKinds.known);
  if (!known.ok)
    return fail('refused', 'it takes neither its own key nor the one all devices know');
  const given = await ask(context, { name: 'keyset', kind: true, key }, 'ack');
  if (!given.ok) return given;
  link.breakOff();
  return openChannel(context, key, keyKinds.own);
}

async function openChannel(
  context: DeviceContext,
  key: Uint8Array,
  kind: number,
): Promise<Result<void>> {
  const random = Uint8Array.from(randomBytes(8));
  const challenge = { name: 'chlng', random } as const;
  const answered = await ask(context, challenge, 'ccrypt', blockOf(scs.challenge, kind));
  if (!answered.ok) return answered;
  const keys = sessionKeys(nodeAes, key, random);
  const theirs = answered.value;
  if (!same(cryptogram(nodeAes, keys, random, theirs.random), theirs.cryptogram)) {
    return fail('refused', 'it proved another key');
  }
  const ours = cryptogram(nodeAes, keys, theirs.random, random);
  const proof = { name: 'scrypt', cryptogram: ours } as const;
  const confirmed = await ask(context, proof, 'rmacI', blockOf(scs.cryptogram, kind));
  if (!confirmed.ok) return confirmed;
  const session: Session = { keys, chain: firstMac(nodeAes, keys, ours) };
  if (!same(session.chain, confirmed.value.mac)) return fail('refused', 'its first MAC is wrong');
  context.link.secure(session);
  return ok(undefined);
}

function blockOf(type: number, kind: number): SecurityBlock {
  return { type, data: Uint8Array.of(kind) };
}

async function ask<N extends ReplyName>(
  { link }: DeviceContext,
  command: Command,
  wanted: N,
  block?: SecurityBlock,
  tries?: number,
): Promise<Result<Extract<Reply, { name: N }>>> {
  const reply = await link.ask(command, { isSetUp: true, block, tries });
  if (!reply.ok) return reply;
  const { value } = reply;
  if (value.name === wanted) return ok(value as Extract<Reply, { name: N }>);
  const said = value.name === 'nak' ? `refusal ${value.code}` : value.name;
  return fail('refused', `to ${command.name} it answered ${said}`);
}
