import type { Problem } from './problem.ts';

/** A URL in some settings whose host is the machine that asks, or only that machine's link. */
export interface OwnMachineUrl {
  /** Where it stands, from the settings on: `['checks', 0, 'path']`. */
  path: PropertyKey[];
  /** Host and port only: the rest of a webhook is a secret. */
  host: string;
}

/** Settings that hold values to compare with, and no addresses to connect to. */
const compared = new Set<PropertyKey>(['expect', 'rules', 'dimensions']);

/** Every URL in some settings that points at the machine itself, however deep and under whatever key. */
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

/** Why such a URL cannot be deployed on AWS, and what to do instead. */
export const notOnAws = ({ host }: OwnMachineUrl, path: string): Problem => ({
  path,
  received: host,
  says: 'is the machine that asks: on AWS that is the Lambda function itself. Write an address that AWS can reach; a laptop run (npm start -- --config …) and an emulator (-c target=localstack) take this one',
});

/**
 * Whether a host is the machine itself (loopback, the unspecified address) or an address of its link only, such as the
 * metadata service. Numbers in any notation that a URL may have: URL parsers write them as plain IPv4 and short IPv6.
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

/** The text as a URL with a host, its numbers normalized; `//host/path` too, which a service's own URL completes. */
function asUrl(text: string): URL | undefined {
  const whole = text.trim().replace(/^[\\/]{2,}/, 'http://');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(whole)) return undefined;
  // Only of http and its like are numbers normalized: smtp://0x7f.1 is 127.0.0.1 as well.
  const likeHttp = whole.replace(/^[^:]+:\/+/, 'http://');
  return URL.canParse(likeHttp) ? new URL(likeHttp) : undefined;
}
