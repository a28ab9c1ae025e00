/** The fields of OSDP messages. They stand one after the other, integers little endian. */

/** Where a message is being read; `at` past the end says that bytes were missing. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

export interface Field<T> {
  /** Null where what stands there cannot be one. */
  read(cursor: Cursor): T | null;
  /** Throws on a value out of range (a programmer's mistake). */
  write(value: T): Uint8Array;
}

function integer(size: number): Field<number> {
  return {
    read: (cursor) => {
      const part = take(cursor, size);
      return part === null ? null : part.reduceRight((sum, byte) => sum * 256 + byte, 0);
    },
    write: (value) => {
      if (!Number.isInteger(value) || value < 0 || value >= 256 ** size) {
        throw new Error(`${value} does not fit in ${size} bytes`);
      }
      return Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256);
    },
  };
}

function take(cursor: Cursor, size: number): Uint8Array | null {
  const { at, bytes } = cursor;
  if (at + size > bytes.length) return null;
  cursor.at = at + size;
  return bytes.slice(at, at + size);
}

export const u8 = integer(1);
export const u16 = integer(2);
export const u24 = integer(3);
export const u32 = integer(4);

/** A fixed number of bytes. */
export function bytesOf(size: number): Field<Uint8Array> {
  return {
    read: (cursor) => take(cursor, size),
    write: (value) => {
      if (value.length !== size) throw new Error(`${value.length} bytes instead of ${size}`);
      return value;
    },
  };
}

/** All that follows. */
export const rest: Field<Uint8Array> = {
  read: (cursor) => take(cursor, cursor.bytes.length - cursor.at),
  write: (value) => value,
};

/** A byte that says how many bytes follow. */
export const counted: Field<Uint8Array> = {
  read: (cursor) => {
    const size = u8.read(cursor);
    return size === null ? null : take(cursor, size);
  },
  write: (value) => Uint8Array.from([...u8.write(value.length), ...value]),
};

/** A fixed byte that some messages carry. */
export function always(byte: number): Field<true> {
  return {
    read: (cursor) => (u8.read(cursor) === byte ? true : null),
    write: () => Uint8Array.of(byte),
  };
}

export interface Bits {
  readonly count: number;
  /** The bit sent first is the most significant of the first byte. */
  readonly bytes: Uint8Array;
}

/** A number of bits (u16) and as many bytes as they need. */
export const bits: Field<Bits> = {
  read: (cursor) => {
    const count = u16.read(cursor);
    const bytes = count === null ? null : take(cursor, Math.ceil(count / 8));
    return count === null || bytes === null ? null : { count, bytes };
  },
  write: ({ bytes, count }) => {
    if (bytes.length !== Math.ceil(count / 8)) throw new Error(`${count} bits in ${bytes.length}`);
    return Uint8Array.from([...u16.write(count), ...bytes]);
  },
};

export interface Capability {
  readonly capability: number;
  readonly compliance: number;
  readonly count: number;
}

/** What a device can: three bytes for each function, to the end. */
export const capabilities: Field<readonly Capability[]> = {
  read: (cursor) => {
    const list: Capability[] = [];
    while (cursor.at < cursor.bytes.length) {
      const [capability, compliance, count] = take(cursor, 3) ?? [];
      if (capability === undefined || compliance === undefined || count === undefined) return null;
      list.push({ capability, compliance, count });
    }
    return list;
  },
  write: (list) => {
    return Uint8Array.from(list.flatMap((one) => [one.capability, one.compliance, one.count]));
  },
};
