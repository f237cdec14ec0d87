import { isOwnMachine } from './own-machine.ts';

/** Top-level domains that exist in private networks only: reserved by standards, or never delegated and in common use. */
const privateDomains = /(^|\.)(internal|intranet|private|local|localdomain|lan|corp|home|home\.arpa|svc)$/;

/** An internal load balancer of AWS. Its name is public, its addresses are private. */
const internalLoadBalancer = /^internal-.*\.elb\.amazonaws\.com(\.cn)?$/;

/**
 * Whether a host of a URL can only be reached from inside a network: a private address, a name in a private domain, or a
 * name without a domain. Other names may have private addresses too; only a lookup could find out. A host for which
 * `isOwnMachine` is true is not private, but this machine.
 * @param hostname as in `URL.hostname`: a lowercase name, a normalized IPv4 address, or an IPv6 address in brackets
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '');
  if (isOwnMachine(host)) return false;
  if (/^[\d.]+$/.test(host)) return isPrivateIpv4(host);
  if (host.startsWith('[')) return isPrivateIpv6(host.slice(1, -1));
  return !host.includes('.') || privateDomains.test(host) || internalLoadBalancer.test(host);
}

/** RFC 1918, and the shared address space of RFC 6598, which AWS also uses in VPCs. */
function isPrivateIpv4(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number);
  if (a === 172) return b >= 16 && b < 32;
  if (a === 100) return b >= 64 && b < 128;
  return a === 10 || (a === 192 && b === 168);
}

/** fc00::/7, and IPv4 inside of IPv6: `::ffff:a00:1` is 10.0.0.1. */
function isPrivateIpv6(address: string): boolean {
  const four = /^::ffff:([0-9a-f]{1,4}):[0-9a-f]{1,4}$/.exec(address)?.[1];
  if (four === undefined) return /^f[cd][0-9a-f]{2}:/.test(address);
  const high = Number.parseInt(four, 16);
  return isPrivateIpv4(`${high >> 8}.${high & 255}.0.0`);
}
