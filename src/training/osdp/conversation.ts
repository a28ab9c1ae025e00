/**
 * A device's side of a conversation: which packets it takes, sequence numbers and repeats, the
 * secure channel. What a command does is the device's.
 */
import {
  type Command,
  decodeCommand,
  encodeReply,
  nakCodes,
  type Reply,
} from '../../shared/wire/osdp/messages.ts';
import {
  EVERY_DEVICE,
  encodePacket,
  type Packet,
  type Received,
  type SecurityBlock,
  scs,
} from '../../shared/wire/osdp/packet.ts';
import {
  cryptogram,
  DEFAULT_KEY,
  firstMac,
  keyKinds,
  type Session,
  type SessionKeys,
  same,
  seal,
  sessionKeys,
  unseal,
} from '../../shared/wire/osdp/secure-channel.ts';
import { nodeAes } from './aes.ts';

export interface ConversationParts {
  readonly address: number;
  /** 8 random bytes. */
  readonly random: () => Uint8Array;
  /** Does what a command says. */
  readonly carryOut: (command: Command) => Reply;
}

interface Handshake {
  readonly keys: SessionKeys;
  readonly cpRandom: Uint8Array;
  readonly pdRandom: Uint8Array;
}

const NO_BYTES = new Uint8Array(0);
const nak = (code: number): Reply => ({ name: 'nak', code, more: NO_BYTES });

export class Conversation {
  readonly #parts: ConversationParts;
  /** The device's own key; null as it comes from its maker. */
  key: Uint8Array | null = null;
  /** The number of the last command taken; null: only a fresh start is taken. */
  #sequence: number | null = null;
  #lastReply: Uint8Array | null = null;
  #handshake: Handshake | null = null;
  #session: Session | null = null;

  constructor(parts: ConversationParts) {
    this.#parts = parts;
  }

  /** As after a power cut. */
  forget(): void {
    this.#sequence = null;
    this.#lastReply = null;
    this.#handshake = null;
    this.#session = null;
  }

  isSecure(): boolean {
    return this.#session !== null;
  }

  /** The bytes that answer a packet; null where it is none of this device's. */
  answer(packet: Received): Uint8Array | null {
    const { address, isReply, sequence } = packet;
    if (isReply || (address !== this.#parts.address && address !== EVERY_DEVICE)) return null;
    if (sequence === 0) this.forget();
    else if (sequence === this.#sequence && this.#lastReply !== null) return this.#lastReply;
    else if (this.#sequence === null || sequence !== (this.#sequence % 3) + 1) {
      return this.#encode(packet, nak(nakCodes.sequence), null);
    }
    const reply = this.#reply(packet);
    this.#sequence = sequence;
    this.#lastReply = reply;
    return reply;
  }

  #reply(packet: Received): Uint8Array {
    const session = this.#session;
    if (session === null) return this.#replyOpenly(packet);
    const opened = unseal(nodeAes, session, packet);
    if (!opened.ok) {
      this.#session = null;
      return this.#encode(packet, nak(nakCodes.channelNeeded), null);
    }
    this.#session = opened.value.session;
    return this.#seal(packet, this.#do({ code: packet.code, data: opened.value.data }));
  }

  #replyOpenly(packet: Received): Uint8Array {
    if (packet.mac !== null) return this.#encode(packet, nak(nakCodes.channelNeeded), null);
    const command = decodeCommand(packet);
    if (command.ok && command.value.name === 'chlng') {
      return this.#challenged(packet, command.value.random);
    }
    if (command.ok && command.value.name === 'scrypt') {
      return this.#confirm(packet, command.value.cryptogram);
    }
    const mayBeOpen =
      this.key === null || ['id', 'cap'].includes(command.ok ? command.value.name : '');
    return this.#encode(packet, mayBeOpen ? this.#do(packet) : nak(nakCodes.channelNeeded), null);
  }

  #do(content: { readonly code: number; readonly data: Uint8Array }): Reply {
    const command = decodeCommand(content);
    if (!command.ok) {
      const isUnknown = command.fault.code === 'unknown-code';
      return nak(isUnknown ? nakCodes.unknownCommand : nakCodes.length);
    }
    if (command.value.name !== 'keyset') return this.#parts.carryOut(command.value);
    if (this.#session === null) return nak(nakCodes.channelNeeded);
    this.key = command.value.key;
    return { name: 'ack' };
  }

  #challenged(packet: Received, cpRandom: Uint8Array): Uint8Array {
    const [kind = keyKinds.known] = packet.block?.data ?? [];
    // The key that everybody knows is taken only as long as there is no other.
    const key = kind === keyKinds.own ? this.key : this.key === null ? DEFAULT_KEY : null;
    if (key === null) return this.#encode(packet, nak(nakCodes.channelNeeded), null);
    const pdRandom = this.#parts.random();
    const keys = sessionKeys(nodeAes, key, cpRandom);
    this.#handshake = { keys, cpRandom, pdRandom };
    const proof = cryptogram(nodeAes, keys, cpRandom, pdRandom);
    const block = { type: scs.challenged, data: Uint8Array.of(kind) };
    const uid = new Uint8Array(8).fill(this.#parts.address);
    const reply: Reply = { name: 'ccrypt', uid, random: pdRandom, cryptogram: proof };
    return this.#encode(packet, reply, block);
  }

  #confirm(packet: Received, proof: Uint8Array): Uint8Array {
    const handshake = this.#handshake;
    this.#handshake = null;
    if (handshake === null) return this.#encode(packet, nak(nakCodes.channelNeeded), null);
    const { cpRandom, keys, pdRandom } = handshake;
    if (!same(cryptogram(nodeAes, keys, pdRandom, cpRandom), proof)) {
      return this.#encode(packet, nak(nakCodes.channelNeeded), null);
    }
    const mac = firstMac(nodeAes, keys, proof);
    this.#session = { keys, chain: mac };
    const block = { type: scs.confirmed, data: Uint8Array.of(1) };
    return this.#encode(packet, { name: 'rmacI', mac }, block);
  }

  #base({ hasCrc, sequence }: Received, reply: Reply): Omit<Packet, 'block'> {
    const { address } = this.#parts;
    return { address, isReply: true, sequence, hasCrc, ...encodeReply(reply) };
  }

  #encode(packet: Received, reply: Reply, block: SecurityBlock | null): Uint8Array {
    return encodePacket({ ...this.#base(packet, reply), block });
  }

  #seal(packet: Received, reply: Reply): Uint8Array {
    const session = this.#session;
    if (session === null) return this.#encode(packet, reply, null);
    const sealed = seal(nodeAes, session, this.#base(packet, reply));
    this.#session = sealed.session;
    return sealed.bytes;
  }
}
