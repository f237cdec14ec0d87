import type { Problem } from './problem.ts';

/** A URL in settings whose host is the machine that sends the request, or a link-local address. */
export interface OwnMachineUrl {
  /** Its path within the settings: `['checks', 0, 'path']`. */
  path: PropertyKey[];
  /** Host and port only: the rest of a webhook is a secret. */
  host: string;
}

/** Settings that contain expected values, not addresses to connect to. */
const compared = new Set<PropertyKey>(['expect', 'rules', 'dimensions']);

/** Every URL in the settings that points at the machine itself, at any depth and under any key. */
export function ownMachineUrls(settings: unknown, path: PropertyKey[] = []): OwnMachineUrl[] {
  if (typeof settings === 'string') {
    const url = asUrl(settings);
    return url && isOwnMachine(url.hostname) ? [{ path, host: url.host }] : [];
  }
  if (Array.isArray(settings)) return settings.flatMap((value, i) => ownMachineUrls(value, [...path, i]));
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([key, value]) =>
    compared.has(key) ? [] : ownMachineUrls(value, [...path, key]),
  );
}

/** Why such a URL cannot be deployed on AWS, and the fix. */
export const notOnAws = ({ host }: OwnMachineUrl, path: string): Problem => ({
  path,
  received: host,
  message:
    'is a local address: on AWS, requests to it reach the Lambda function itself. Use an address that AWS can reach. A laptop run (npx tocsin start) and an emulator (-c target=localstack) accept this one',
});

/**
 * Whether a host is the machine itself (loopback, the unspecified address) or an address of its link only, such as the
 * metadata service. Any notation of the number is recognized: URL parsers normalize it to plain IPv4 or short IPv6.
 */
export function isOwnMachine(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (/^(.+\.)?localhost(\.localdomain)?$/.test(host)) return true;
  if (/^(0|127|169\.254)\./.test(host)) return /^[\d.]+$/.test(host);
  const six = /^\[(.*)\]$/.exec(host)?.[1];
  if (six === undefined) return false;
  // IPv4 inside of IPv6: mapped (::ffff:7f00:1), compatible (::7f00:1), translated (64:ff9b::7f00:1).
  const four = /^(?:::ffff:|::|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(six);
  if (four) return isOwnMachine(asIpv4(Number.parseInt(four[1]!, 16), Number.parseInt(four[2]!, 16)));
  return six === '::' || six === '::1' || /^fe[89ab]/.test(six) || six === 'fd00:ec2::254';
}

const asIpv4 = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.');

/** The text as a URL with a normalized host. Also accepts `//host/path`, which the URL of the service completes. */
function asUrl(text: string): URL | undefined {
  const whole = text.trim().replace(/^[\\/]{2,}/, 'http://');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(whole)) return undefined;
  // URL parsers normalize numbers for http and similar schemes only, but smtp://0x7f.1 is 127.0.0.1, too.
  const likeHttp = whole.replace(/^[^:]+:\/+/, 'http://');
  return URL.canParse(likeHttp) ? new URL(likeHttp) : undefined;
}
