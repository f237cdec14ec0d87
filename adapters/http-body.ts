import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { BodyFault } from '../core/checks/observe.ts';

/** A body as far as it could be read, and the fault if it is incomplete or not text. */
export interface ReadBody {
  text: string;
  fault?: BodyFault | undefined;
}

/** The received bytes, at most `maxBytes`. Never throws: an error of the stream is returned as the fault. */
export async function readBytes(
  stream: AsyncIterable<unknown> | Iterable<unknown>,
  maxBytes: number,
  faultOf: (error: unknown) => BodyFault,
): Promise<{ bytes: Buffer; fault?: BodyFault }> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > maxBytes) return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), fault: tooLarge(maxBytes) };
    }
  } catch (error) {
    return { bytes: Buffer.concat(chunks), fault: faultOf(error) };
  }
  return { bytes: Buffer.concat(chunks) };
}

/**
 * The text of a body, by its `content-encoding` and charset, at most `maxBytes` after decompression. `deflate` is accepted
 * with and without the zlib header, as in browsers. A byte order mark is removed.
 */
export function decodeBody(
  bytes: Buffer,
  headers: { 'content-encoding'?: string | undefined; 'content-type'?: string | undefined },
  maxBytes: number,
): ReadBody {
  const encodings = (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  let plain = bytes;
  for (const encoding of encodings.reverse()) {
    if (plain.length === 0 || encoding === '' || encoding === 'identity') continue;
    const decode = decoders[encoding];
    if (!decode)
      return {
        text: '',
        fault: {
          class: 'encoding',
          message: `the body is encoded as ${encoding.slice(0, 40)}, which is not supported`,
        },
      };
    try {
      plain = decode(plain, { maxOutputLength: maxBytes });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') return { text: '', fault: tooLarge(maxBytes) };
      return {
        text: '',
        fault: { class: 'corrupt', message: `the body is not valid ${encoding}: ${message}` },
      };
    }
  }
  return { text: textOf(plain, headers['content-type']) };
}

const tooLarge = (maxBytes: number): BodyFault => ({
  class: 'too-large',
  message: `the body is longer than the limit of ${maxBytes} bytes (maxBytes)`,
});

type Decode = (bytes: Buffer, limits: { maxOutputLength: number }) => Buffer;

/** Servers use two formats for `deflate`: with a zlib header, or the raw stream of older servers. */
const inflate: Decode = (bytes, limits) => {
  try {
    return inflateSync(bytes, limits);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw error;
    return inflateRawSync(bytes, limits);
  }
};

const decoders: Readonly<Record<string, Decode | undefined>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflate,
  br: brotliDecompressSync,
};

function textOf(bytes: Buffer, contentType = ''): string {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  const charset = marked ?? /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
